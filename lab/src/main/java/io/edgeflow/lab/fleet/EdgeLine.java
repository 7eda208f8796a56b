package io.edgeflow.lab.fleet;

import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection of a simulated edge: hello, presence and reports up, documents down. Any thread.
 */
final class EdgeLine implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int WINDOW = 10;

  private final SimulatedEdge.Place place;
  private final String start;
  private final Consumer<byte[]> desired;
  private final Supplier<byte[]> report;
  private final MqttLink link;

  // Under the monitor.
  private @Nullable MqttConnection connection;
  private String current = "";
  private long attempts;
  private boolean open;

  /**
   * @param start names the process of the edge
   * @param desired takes documents
   * @param report draws up what there is to say
   */
  EdgeLine(
      SimulatedEdge.Place place, String start, Consumer<byte[]> desired, Supplier<byte[]> report) {
    this.place = place;
    this.start = start;
    this.desired = desired;
    this.report = report;
    this.link =
        new MqttLink(
            new MqttLinkSettings(
                place.broker().toString(),
                place.name() + "-" + start,
                null,
                null,
                PATIENCE,
                PATIENCE,
                WINDOW),
            "line-" + place.name());
  }

  synchronized void connect() {
    if (connection != null) {
      return;
    }
    String name = start + "-" + ++attempts;
    current = name;
    connection =
        link.open(
            Topics.presence(place.name()),
            presence(name, false),
            List.of(new Subscription(Topics.desired(place.name()), false)),
            new Hearing(name));
  }

  synchronized void vanish() {
    MqttConnection ending = connection;
    connection = null;
    current = "";
    open = false;
    if (ending != null) {
      ending.close();
    }
  }

  /** There is something new to report. */
  void say() {
    MqttConnection now = connected();
    if (now != null) {
      now.publish(Topics.reported(place.name()), report.get(), true);
    }
  }

  private synchronized @Nullable MqttConnection connected() {
    return open ? connection : null;
  }

  private byte[] presence(String name, boolean online) {
    long micros = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    return new Presence(place.name(), name, online, micros).toBytes();
  }

  private byte[] hello(String name) {
    return new Hello(
            place.name(),
            name,
            place.site(),
            Map.of(),
            "UTC",
            "edgeflow/simulated",
            FrameCodec.VERSIONS,
            1,
            1,
            List.of())
        .toBytes();
  }

  private final class Hearing implements MqttListener {
    private final String name;

    Hearing(String name) {
      this.name = name;
    }

    @Override
    public void opened() {
      MqttConnection mine;
      synchronized (EdgeLine.this) {
        open = current.equals(name);
        mine = open ? connection : null;
      }
      if (mine != null) {
        mine.publish(Topics.presence(place.name()), presence(name, true), true);
        mine.publish(Topics.hello(place.name()), hello(name), false);
        say();
      }
    }

    @Override
    public void message(String topic, byte[] payload) {
      desired.accept(payload);
    }

    @Override
    public void closed(String reason) {
      synchronized (EdgeLine.this) {
        // The end of an earlier one says nothing of the one that is here now.
        if (current.equals(name)) {
          connection = null;
          current = "";
          open = false;
        }
      }
    }
  }

  @Override
  public void close() {
    vanish();
    link.close();
  }
}
