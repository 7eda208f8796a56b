package io.edgeflow.gateway.buffer;

import io.edgeflow.gateway.buffer.StatDocument.Amount;
import io.edgeflow.gateway.buffer.StatDocument.LaneStat;
import io.edgeflow.gateway.fetch.Moments;
import io.edgeflow.process.settings.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** What a data directory holds, for people. */
final class StatText {
  private static final String LANE = "%-8s %20s %9s %20s %20s %9s %16s %12s %12s %16s";

  private final StatDocument stat;
  private final List<String> lines = new ArrayList<>();

  StatText(StatDocument stat) {
    this.stat = stat;
  }

  String text() {
    lines.add("edge %s in %s".formatted(stat.edge(), stat.directory()));
    if (stat.inUseBy() != null) {
      lines.add("in use by " + stat.inUseBy() + ": this is a picture of the moment");
    }
    lines.add("");
    readings();
    lines.add("");
    lanes();
    lines.add("");
    places();
    lines.add("");
    incarnations();
    damage();
    return String.join(System.lineSeparator(), lines);
  }

  private void readings() {
    StatDocument.Readings r = stat.readings();
    lines.add(
        "readings  received %s = accepted %s + rejected %s + refused %s"
            .formatted(
                n(r.received()), n(r.accepted()), n(sum(r.rejected())), n(sum(r.refused()))));
    lines.add(
        "          accepted %s = folded %s + duplicate %s + pending %s"
            .formatted(n(r.accepted()), n(r.folded()), n(r.duplicate()), n(r.pending())));
    lines.add(
        "          of them unstamped %s, unverifiable %s, in conflict %s; %s series"
            .formatted(n(r.unstamped()), n(r.unverifiable()), n(r.conflict()), n(r.series())));
    lines.add(
        "raw lane  reported %s (%s of them not in a frame yet), fetched %s"
            .formatted(n(r.reported()), n(r.reportsWaiting()), n(r.fetched())));
  }

  /** Alike everywhere, so that what two machines say can be compared. */
  static String n(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private void lanes() {
    lines.add(
        LANE.formatted(
            "lane",
            "framed",
            "offered",
            "delivered",
            "buffered",
            "bytes",
            "superseded",
            "refused",
            "conflict",
            "dropped"));
    for (String word : stat.laneWords()) {
      LaneStat lane = Objects.requireNonNull(stat.lanes().get(word));
      lines.add(
          LANE.formatted(
              word,
              amount(lane.framed()),
              n(lane.offered()),
              amount(lane.delivered()),
              amount(lane.buffered()),
              bytes(lane.bufferedBytes()),
              amount(lane.superseded()),
              amount(lane.refused()),
              amount(lane.conflict()),
              amount(lane.dropped())));
    }
  }

  private static String amount(Amount amount) {
    return amount.frames() == 0 ? "0" : n(amount.frames()) + " (" + n(amount.readings()) + ")";
  }

  private void places() {
    lines.add("buffered frames   " + span(stat.buffered(), "none: nothing waits for the cloud"));
    lines.add(
        "journal           %d segments, %s"
            .formatted(stat.journal().files(), bytes(stat.journal().bytes())));
    lines.add(
        "backlog           %d sealed files, %s"
            .formatted(stat.backlog().files(), bytes(stat.backlog().bytes())));
    lines.add("flight recorder   " + span(stat.flightRecorder(), "no readings"));
  }

  private static String span(StatDocument.Span span, String none) {
    if (span.oldest() == null || span.newest() == null) {
      return none;
    }
    return "from %s to %s".formatted(time(span.oldest()), time(span.newest()));
  }

  private static String time(long millis) {
    return Moments.format(millis * 1000);
  }

  private static String bytes(long bytes) {
    if (bytes < 10 * 1024) {
      return bytes + " B";
    }
    return bytes < 10 << 20
        ? new ByteSize(bytes >> 10 << 10).toString()
        : new ByteSize(bytes >> 20 << 20).toString();
  }

  private void incarnations() {
    lines.add("incarnations, oldest first; frames numbered, and of these buffered");
    for (StatDocument.IncarnationStat one : stat.incarnations()) {
      StringBuilder lanes = new StringBuilder();
      one.lanes()
          .forEach(
              (lane, numbers) ->
                  lanes.append(
                      "  %s %d, %d".formatted(lane, numbers.highest(), numbers.buffered())));
      lines.add(
          "  %s%s%s".formatted(one.id(), one.unfinished() ? "  not ended" : "", lanes.toString()));
    }
  }

  private void damage() {
    if (!stat.segmentsWithoutHeader().isEmpty()) {
      lines.add(
          "damage: %s no intact header, nothing in %s can be read: %s"
              .formatted(
                  stat.unreadable() ? "every segment of the journal has" : "these segments have",
                  stat.unreadable() ? "the journal" : "them",
                  String.join(", ", stat.segmentsWithoutHeader())));
    }
    for (StatDocument.DamageStat damage : stat.damage()) {
      lines.add(
          "damage: segment %d, bytes %d to %d, %d records; buffer verify says more"
              .formatted(
                  damage.segment(), damage.fromByte(), damage.toByte(), damage.recordsMissing()));
    }
    if (stat.suspectTail() > 0) {
      lines.add(
          "the journal's end is torn: %d bytes, readings in them may have been acknowledged"
              .formatted(stat.suspectTail()));
    }
  }
}
