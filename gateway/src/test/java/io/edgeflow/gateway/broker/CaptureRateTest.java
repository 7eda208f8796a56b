package io.edgeflow.gateway.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.process.mqtt.BrokerSettings;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

final class CaptureRateTest {
  private static final int MESSAGES = 10_000;
  private static final int WINDOW = 1_000;

  /** Settles every few milliseconds what came in between, as a journal with group commit does. */
  @Test
  void acknowledgesTenThousandInOrderThroughGroupCommits() throws Exception {
    acknowledgesAll(5_000_000);
  }

  /** Settling and sending race for each single message. */
  @Test
  void acknowledgesTenThousandInOrderWhenEachSettlesAtOnceElsewhere() throws Exception {
    acknowledgesAll(1);
  }

  private static void acknowledgesAll(long commitNanos) throws Exception {
    var intake = new ControlledIntake();
    Thread committing = Thread.ofPlatform().start(() -> settle(intake, commitNanos));
    try (var broker =
        GatewayBroker.start(BrokerSettings.of("127.0.0.1", 0), CaptureSettings.DEFAULT, intake)) {
      publishAll(broker.port());
      assertEquals(MESSAGES, intake.size());
      for (int i = 0; i < MESSAGES; i++) {
        assertEquals("" + i, new String(intake.get(i).payload(), UTF_8));
      }
      assertEquals(0, broker.figures().counts().closedByFailure());
    } finally {
      committing.interrupt();
    }
    committing.join();
  }

  private static void settle(ControlledIntake intake, long commitNanos) {
    int settled = 0;
    while (settled < MESSAGES && !Thread.currentThread().isInterrupted()) {
      int size = intake.size();
      for (; settled < size; settled++) {
        intake.get(settled).settleSafe();
      }
      LockSupport.parkNanos(commitNanos);
    }
  }

  private static void publishAll(int port) throws Exception {
    var window = new Semaphore(WINDOW);
    var acknowledged = new AtomicInteger();
    var client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "fast", new MemoryPersistence());
    try {
      var options = new MqttConnectionOptions();
      options.setReceiveMaximum(WINDOW);
      client.connect(options).waitForCompletion(20_000);
      for (int i = 0; i < MESSAGES; i++) {
        window.acquire();
        client.publish(
            "sensors/fast/count",
            Integer.toString(i).getBytes(UTF_8),
            1,
            false,
            null,
            new Releasing(window, acknowledged));
      }
      assertEquals(true, window.tryAcquire(WINDOW, 20, TimeUnit.SECONDS), "all acknowledged");
      assertEquals(MESSAGES, acknowledged.get());
      client.disconnect().waitForCompletion(5_000);
    } finally {
      client.close();
    }
  }

  private record Releasing(Semaphore window, AtomicInteger acknowledged)
      implements MqttActionListener {
    @Override
    public void onSuccess(IMqttToken token) {
      acknowledged.incrementAndGet();
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      // The window stays short, and the test fails.
    }
  }
}
