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
  private static final String LANE = "%-8s %16s %9s %16s %16s %10s %14s %12s %12s %14s";

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
        "readings  received %,d = accepted %,d + rejected %,d + refused %,d"
            .formatted(r.received(), r.accepted(), sum(r.rejected()), sum(r.refused())));
    lines.add(
        "          accepted %,d = folded %,d + duplicate %,d + pending %,d"
            .formatted(r.accepted(), r.folded(), r.duplicate(), r.pending()));
    lines.add(
        "          of them unstamped %,d, unverifiable %,d, in conflict %,d; %,d series"
            .formatted(r.unstamped(), r.unverifiable(), r.conflict(), r.series()));
    lines.add(
        "raw lane  reported %,d (%,d of them not in a frame yet), fetched %,d"
            .formatted(r.reported(), r.reportsWaiting(), r.fetched()));
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
            "pending",
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
              lane.offered(),
              amount(lane.delivered()),
              amount(lane.pending()),
              bytes(lane.pendingBytes()),
              amount(lane.superseded()),
              amount(lane.refused()),
              amount(lane.conflict()),
              amount(lane.dropped())));
    }
  }

  private static String amount(Amount amount) {
    return amount.frames() == 0
        ? "0"
        : String.format(Locale.ROOT, "%d (%d)", amount.frames(), amount.readings());
  }

  private void places() {
    lines.add("pending           " + span(stat.pending(), "nothing waits for the cloud"));
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
    lines.add("incarnations, oldest first; frames numbered, and of these pending");
    for (StatDocument.IncarnationStat one : stat.incarnations()) {
      StringBuilder lanes = new StringBuilder();
      one.lanes()
          .forEach(
              (lane, numbers) ->
                  lanes.append(
                      "  %s %d, %d".formatted(lane, numbers.highest(), numbers.pending())));
      lines.add(
          "  %s%s%s".formatted(one.id(), one.unfinished() ? "  not ended" : "", lanes.toString()));
    }
  }

  private void damage() {
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
