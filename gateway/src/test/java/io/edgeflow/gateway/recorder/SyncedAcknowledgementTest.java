package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.broker.CaptureSettings;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.mqtt.BrokerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A1 over the real chain: broker, recorder, journal and a disk that misbehaves. What must never
 * happen cannot be waited for, so a second without an acknowledgement stands for it.
 */
@Execution(ExecutionMode.CONCURRENT)
final class SyncedAcknowledgementTest {
  private static final long A_SECOND = 1_000;
  private static final long PATIENCE = 10_000;

  @TempDir Path temp;

  private final FaultyDisk disk = new FaultyDisk(new NioDisk());
  private Edge edge;
  private GatewayBroker broker;
  private MqttAsyncClient sensor;

  @BeforeEach
  void startsTheChain() throws Exception {
    edge = Edge.onDisk(temp.resolve("a"), disk);
    broker =
        GatewayBroker.start(
            BrokerSettings.of("127.0.0.1", 0), CaptureSettings.DEFAULT, edge.recorder.intake());
    sensor =
        new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(), "sensor", new MemoryPersistence());
    sensor.connect().waitForCompletion(PATIENCE);
    assertTrue(completes(publish(0), PATIENCE), "not acknowledged on a healthy disk");
  }

  @AfterEach
  void stopsTheChain() throws Exception {
    disk.heal();
    sensor.disconnectForcibly(0, 0, false);
    sensor.close();
    broker.close();
    edge.close();
  }

  @Test
  void holdsTheAcknowledgementWhileTheSyncStalls() throws Exception {
    CountDownLatch stalled = new CountDownLatch(1);
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            awaitUninterruptibly(stalled);
          }
        });
    CompletableFuture<Void> acknowledged = publish(1);

    assertFalse(completes(acknowledged, A_SECOND), "acknowledged before the sync ended");
    stalled.countDown();
    assertTrue(completes(acknowledged, PATIENCE), "not acknowledged after the sync ended");
  }

  @Test
  void neverAcknowledgesWhatASyncFailedFor() throws Exception {
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            throw new IOException("input/output error");
          }
        });
    CompletableFuture<Void> acknowledged = publish(1);

    assertFalse(completes(acknowledged, A_SECOND), "acknowledged although the sync failed");
  }

  @Test
  void acknowledgesOnceTheDiskIsWellAndHasTheReadingOnce() throws Exception {
    disk.fault(
        operation -> {
          if (operation == Operation.FORCE) {
            throw new IOException("input/output error");
          }
        });
    CompletableFuture<Void> acknowledged = publish(1);
    assertFalse(completes(acknowledged, A_SECOND), "acknowledged although the sync failed");

    disk.heal();
    assertTrue(
        completes(acknowledged, PATIENCE), "not acknowledged although the disk is well again");
    edge.copyAsKilled(temp.resolve("a"), temp.resolve("b"));
    try (Edge copy = Edge.open(temp.resolve("b"))) {
      assertEquals(2, copy.figures().folded());
    }
  }

  /** Completes with the PUBACK. */
  private CompletableFuture<Void> publish(int number) throws MqttException {
    String payload = "{\"value\":" + number + ",\"ts\":" + (START_MICROS / 1_000 + number) + "}";
    CompletableFuture<Void> acknowledged = new CompletableFuture<>();
    sensor.publish(
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

  private static boolean completes(CompletableFuture<Void> acknowledged, long millis)
      throws Exception {
    try {
      acknowledged.get(millis, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException notInTime) {
      return false;
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
