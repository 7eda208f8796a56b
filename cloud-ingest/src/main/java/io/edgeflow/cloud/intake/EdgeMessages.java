package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.FrameWriter;
import io.edgeflow.cloud.store.ReportedDesk;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.topic.Channel;
import io.edgeflow.wire.topic.ParsedTopic;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What edges say, handed to the writer. What finds no room there is answered {@code later} where
 * its header can be read, and else not at all: the edge keeps it and sends it again (L2, L4).
 * Thread-safe; never waits.
 */
final class EdgeMessages {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeMessages.class);

  private final FrameRoad road;
  private final FrameWriter writer;
  private final ReportedDesk reports;
  private final LaterNotes later;
  private final CreditDesk credits;
  private final IntakeMetrics metrics;
  private final InstantSource clock;

  /** By client id: whose presence ends with the connection. */
  private final Map<String, Presence> present = new ConcurrentHashMap<>();

  /**
   * @param road takes frames
   * @param writer takes everything else
   */
  EdgeMessages(
      FrameRoad road,
      FrameWriter writer,
      ReportedDesk reports,
      LaterNotes later,
      CreditDesk credits,
      IntakeMetrics metrics,
      InstantSource clock) {
    this.road = road;
    this.writer = writer;
    this.reports = reports;
    this.later = later;
    this.credits = credits;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * @param payload not to be changed any more
   */
  void received(String client, ParsedTopic topic, byte[] payload) {
    credits.arrived(client, topic.edge(), topic.channel() == Channel.UP ? payload.length : 0);
    switch (topic.channel()) {
      case UP -> frame(topic.edge(), payload);
      case HELLO -> hello(topic.edge(), payload);
      case PRESENCE -> presence(client, topic.edge(), payload);
      case REPORTED -> reported(topic.edge(), payload);
      case ACK, DESIRED -> {}
    }
  }

  /** The connection is gone, whether or not its will has been published yet. */
  void disconnected(String client) {
    credits.disconnected(client);
    Presence last = present.remove(client);
    if (last != null) {
      long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      offer(new Presence(last.edge(), last.connection(), false, now));
    }
  }

  /** These edges are said to be offline: those that are not say again that they are online. */
  void reassure(Set<String> edges) {
    for (Presence last : present.values()) {
      if (edges.contains(last.edge())) {
        LOG.info("an edge is online that was said to be offline edge={}", last.edge());
        offer(last);
      }
    }
  }

  private void frame(String edge, byte[] bytes) {
    if (!road.offer(edge, bytes)) {
      metrics.turnedAway();
      FrameCodec.header(bytes).map(FrameHeader::id).ifPresent(id -> later.later(edge, id));
    }
  }

  private void hello(String edge, byte[] bytes) {
    switch (Hello.parse(bytes)) {
      case Parsed.Ok<Hello>(Hello hello) when hello.edge().equals(edge) -> {
        if (!writer.offer(hello)) {
          metrics.turnedAway();
        }
      }
      case Parsed.Ok<Hello> _ -> refused(edge, "hello", "it is of another edge");
      case Parsed.Refused<Hello>(String reason) -> refused(edge, "hello", reason);
    }
  }

  private void presence(String client, String edge, byte[] bytes) {
    switch (Presence.parse(bytes)) {
      case Parsed.Ok<Presence>(Presence presence) when presence.edge().equals(edge) -> {
        if (presence.online()) {
          present.put(client, presence);
        } else {
          present.remove(client);
        }
        offer(presence);
      }
      case Parsed.Ok<Presence> _ -> refused(edge, "presence", "it is of another edge");
      case Parsed.Refused<Presence>(String reason) -> refused(edge, "presence", reason);
    }
  }

  private void reported(String edge, byte[] bytes) {
    switch (Reported.parse(bytes)) {
      case Parsed.Ok<Reported>(Reported reported) when reported.edge().equals(edge) -> {
        if (!reports.offer(reported)) {
          metrics.turnedAway();
        }
      }
      case Parsed.Ok<Reported> _ -> refused(edge, "reported", "it is of another edge");
      case Parsed.Refused<Reported>(String reason) -> refused(edge, "reported", reason);
    }
  }

  private void offer(Presence presence) {
    if (!writer.offer(presence)) {
      // Also at the end of the process, when every connection is closed: nobody is asked then.
      metrics.turnedAway();
    }
  }

  private void refused(String edge, String what, String reason) {
    metrics.unreadable(what);
    LOG.warn("ignored {} edge={} reason={}", what, edge, reason);
  }
}
