package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Incarnation;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens between the replay and the first message (J4): the incarnation that a crash left
 * open is closed, with content that depends only on the log, and a new one begins under its own
 * name.
 */
final class Recovery {
  private static final Logger log = LoggerFactory.getLogger(Recovery.class);

  private final EdgeState state;
  private final Scribe scribe;
  private final Closing closing;

  Recovery(EdgeState state, Scribe scribe, Closing closing) {
    this.state = state;
    this.scribe = scribe;
    this.closing = closing;
  }

  void run(Replayer replayed, Incarnation next, WindowRule rule, long nowMicros) {
    long derived = deriveLostFrames();
    Incarnation left = state.frames.current();
    if (left != null) {
      closing.everything(state.lastArrivedMicros);
      scribe.seal(left, null);
    }
    Incarnation parent = state.frames.newest();
    scribe.begin(next, parent);
    if (left == null && state.windows.open() > 0) {
      // Damage took the name of the incarnation that opened them (J2).
      closing.everything(state.lastArrivedMicros);
    }
    boolean ruleChanged = !rule.equals(state.rule) || parent == null;
    if (ruleChanged) {
      scribe.rule(rule);
    }
    replayed.damages().forEach(damage -> report(damage, nowMicros));
    if (derived > 0) {
      event(
          nowMicros,
          "lost-frames-derived",
          "frames whose records are damaged were derived again, under their own numbers",
          new TreeMap<>(Map.of("readings", Long.toString(derived))));
    }
    if (state.lostFrames.doubtful() > 0) {
      event(
          nowMicros,
          "lost-frames-in-doubt",
          "nobody can tell what the damaged frames held: it may have been delivered, and is not"
              + " sent again",
          new TreeMap<>(Map.of("readings", Long.toString(state.lostFrames.doubtful()))));
    }
    state.lostFrames.clear();
    reportRest(replayed, nowMicros);
    if (ruleChanged) {
      // Readings are folded wrongly without it, so one damaged record must not take it.
      scribe.rule(rule);
    }
    log.info(
        "recovered records={} series={} unfinishedIncarnation={} incarnation={}",
        replayed.records(),
        state.series.size(),
        left == null ? "none" : left,
        next);
  }

  /**
   * What frames held whose records are lost goes under its old number again: the cloud, which may
   * have it, takes it once.
   *
   * @return how many readings
   */
  private long deriveLostFrames() {
    long readings = 0;
    for (LostFrames.Lost lost : state.lostFrames.derivable()) {
      readings += closing.derive(lost, state.lastArrivedMicros);
    }
    return readings;
  }

  private void report(Damage damage, long nowMicros) {
    log.error("journal damaged: {}", damage);
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("segment", Long.toString(damage.segment()));
    detail.put("fromByte", Long.toString(damage.fromByte()));
    detail.put("toByte", Long.toString(damage.toByte()));
    detail.put("recordsMissing", Long.toString(damage.missing()));
    event(
        nowMicros,
        "journal-damaged",
        "synced bytes of the journal cannot be read: their readings are lost",
        detail);
  }

  private void reportRest(Replayer replayed, long nowMicros) {
    if (replayed.suspectTail() > 0) {
      event(
          nowMicros,
          "journal-tail-torn",
          "the journal's end is torn: readings in it may have been acknowledged",
          new TreeMap<>(Map.of("bytes", Long.toString(replayed.suspectTail()))));
    }
    if (replayed.unfit() + state.lostToDamage > 0) {
      event(
          nowMicros,
          "journal-records-unfit",
          "records behind the damage could not be used without what was lost",
          new TreeMap<>(
              Map.of(
                  "records", Long.toString(replayed.unfit()),
                  "readings", Long.toString(state.lostToDamage))));
    }
  }

  private void event(
      long nowMicros, String type, String message, SortedMap<String, String> detail) {
    scribe.event(new EventRow(nowMicros, EventSeverity.ALARM, type, "", message, detail));
  }
}
