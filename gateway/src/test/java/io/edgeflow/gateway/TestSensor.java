package io.edgeflow.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** A sensor that publishes at QoS 1 and hears of each acknowledgement. */
final class TestSensor implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 9_000;

  private final MqttAsyncClient client;

  TestSensor(int port) throws MqttException {
    client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "sensor", new MemoryPersistence());
    client.connect().waitForCompletion(PATIENCE_MILLIS);
  }

  /** Completes with the PUBACK. */
  CompletableFuture<Void> publish(double value) throws MqttException {
    return publish(Double.toString(value));
  }

  /** Many readings in one message, whose record has 14 bytes for each of them and a little more. */
  CompletableFuture<Void> publishMany(int readings) throws MqttException {
    return publish("[" + "7,".repeat(readings - 1) + "7]");
  }

  private CompletableFuture<Void> publish(String payload) throws MqttException {
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    client.publish(
        "sensors/pump-7/flow",
        payload.getBytes(UTF_8),
        1,
        false,
        null,
        new MqttActionListener() {
          @Override
          public void onSuccess(IMqttToken token) {
            acknowledged.complete(null);
          }

          @Override
          public void onFailure(IMqttToken token, Throwable cause) {
            acknowledged.completeExceptionally(cause);
          }
        });
    return acknowledged;
  }

  /** Whether it is, within 9 s: after 10 the gateway closes the connection. */
  boolean acknowledged(CompletableFuture<Void> publish) throws Exception {
    try {
      publish.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException late) {
      return false;
    }
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close();
  }
}
