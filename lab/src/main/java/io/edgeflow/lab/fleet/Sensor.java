package io.edgeflow.lab.fleet;

import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A sensor that speaks in its rhythm whenever its gateway is there. */
public final class Sensor implements AutoCloseable {
  private static final Duration RHYTHM = Duration.ofMillis(50);
  private static final int WINDOW = 100;
  private static final String TOPIC = "sensors/pump/flow";

  /** A link subscribes to something; nobody publishes this. */
  private static final List<Subscription> NOTHING = List.of(new Subscription("drill/none", true));

  private final MqttLink link;
  private final Duration rhythm;
  private final Thread thread = Thread.ofPlatform().daemon().name("sensor").unstarted(this::speak);

  // Under the monitor.
  private @Nullable MqttConnection connection;
  private boolean open;

  private Sensor(URI gateway, Duration rhythm) {
    this.rhythm = rhythm;
    link =
        new MqttLink(
            new MqttLinkSettings(
                gateway.toString(),
                "drill-sensor",
                null,
                null,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                WINDOW),
            "sensor-link");
  }

  /** Twenty times a second. */
  public static Sensor start(URI gateway) {
    return start(gateway, RHYTHM);
  }

  public static Sensor start(URI gateway, Duration rhythm) {
    var sensor = new Sensor(gateway, rhythm);
    sensor.thread.start();
    return sensor;
  }

  private void speak() {
    try {
      for (long i = 0; ; i++) {
        byte[] value = Long.toString(10 + i % 10).getBytes(StandardCharsets.UTF_8);
        connected(value);
        TimeUnit.NANOSECONDS.sleep(rhythm.toNanos());
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void connected(byte[] value) {
    if (connection == null) {
      connection = link.open("drill/gone", new byte[0], NOTHING, new Hearing());
    } else if (open) {
      connection.publish(TOPIC, value, false);
    }
  }

  private final class Hearing implements MqttListener {
    @Override
    public void opened() {
      synchronized (Sensor.this) {
        open = true;
      }
    }

    @Override
    public void message(String topic, byte[] payload) {}

    @Override
    public void closed(String reason) {
      synchronized (Sensor.this) {
        connection = null;
        open = false;
      }
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    link.close();
  }
}
