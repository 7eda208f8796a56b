package io.edgeflow.gateway.site;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.uplink.EdgeProfile;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.LinkSettings;
import io.edgeflow.gateway.uplink.MemoryOutbox;
import io.edgeflow.gateway.uplink.PahoLink;
import io.edgeflow.gateway.uplink.Sample;
import io.edgeflow.gateway.uplink.UplinkClocks;
import io.edgeflow.gateway.uplink.UplinkSettings;
import io.edgeflow.gateway.uplink.UplinkState;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** An edge that only sends: the real uplink, over frames in memory. */
public final class SiteMember implements AutoCloseable {
  final String edge;
  public final Forwarder forwarder;
  final List<byte[]> frames = new ArrayList<>();
  private final MemoryOutbox outbox = new MemoryOutbox();

  public SiteMember(String edge, String url) {
    this.edge = edge;
    forwarder =
        new Forwarder(
            new EdgeProfile(edge, Sample.INCARNATION, "plant", Map.of(), "UTC", "test"),
            UplinkSettings.DEFAULTS
                .withResendAfter(Duration.ofMillis(500))
                .withReconnectCap(Duration.ofMillis(200))
                .withBacklog(BacklogOrder.OLDEST, 4, Duration.ofMillis(10)),
            new PahoLink(
                new LinkSettings(
                    url,
                    edge,
                    Sample.INCARNATION,
                    null,
                    null,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20))),
            outbox,
            new UplinkClocks(System::nanoTime, () -> 1_763_672_400_000_000L),
            new Random(1),
            (micros, nanos) -> {});
    forwarder.start();
  }

  public void frames(int from, int to) {
    for (long number = from; number <= to; number++) {
      OutgoingFrame place = Sample.frame(Lane.EVENT, number, 100);
      EventRow event = new EventRow(1, EventSeverity.INFO, "test", "", "", new TreeMap<>());
      byte[] bytes =
          FrameCodec.encode(
              new Frame(
                  edge,
                  place.id(),
                  0,
                  0,
                  0,
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of(event),
                  List.of()));
      frames.add(bytes);
      outbox.add(place, bytes);
    }
  }

  /** Frames that no verdict has freed. */
  int pending() {
    return outbox.pending();
  }

  boolean isSending() {
    return forwarder.status().state() == UplinkState.SENDING;
  }

  @Override
  public void close() {
    forwarder.close();
  }
}
