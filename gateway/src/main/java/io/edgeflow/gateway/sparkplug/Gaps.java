package io.edgeflow.gateway.sparkplug;

import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells what is missing of a node: an event when it begins, one when it is over. */
final class Gaps {
  private static final String GAP = "sparkplug-gap";

  private final String group;
  private final String node;
  private final NodeCounts counts;
  private boolean open;

  /** Since the gap began, or since something came out of order. */
  private long untaken;

  Gaps(String group, String node, NodeCounts counts) {
    this.group = group;
    this.node = node;
    this.counts = counts;
  }

  /** A value that nobody can name; it is counted, and told when it is known what came of it. */
  void untaken(Metric metric, Heard heard) {
    untaken++;
    counts.untaken.incrementAndGet();
    String which = metric.name().isEmpty() ? "the alias " + metric.alias() : metric.name();
    heard.reject(
        RejectReason.NO_BIRTH,
        "no birth in force says what " + which + " of " + group + "/" + node + " is");
  }

  boolean anyUntaken() {
    return untaken > 0;
  }

  /** Messages are lost for good. */
  void lost(int messages, Heard heard) {
    counts.lost.addAndGet(messages);
    tell(
        messages + (messages == 1 ? " message is" : " messages are") + " missing", messages, heard);
  }

  /** Something is missing, unless that was told already. */
  void open(String why, Heard heard) {
    if (!open) {
      tell(why, 0, heard);
    }
  }

  private void tell(String why, int messages, Heard heard) {
    open = true;
    counts.gaps.incrementAndGet();
    event(
        EventSeverity.WARNING,
        GAP,
        ": "
            + why
            + "; until its next birth, which it is asked for, only values are taken that say"
            + " themselves what they are",
        "lost",
        messages,
        heard);
  }

  /** All came, but not in order: what was not taken meanwhile stays out. */
  void ordered(Heard heard) {
    if (open || untaken == 0) {
      return;
    }
    counts.gaps.incrementAndGet();
    event(
        EventSeverity.WARNING,
        GAP,
        ": messages came out of order; "
            + untaken
            + " values among them could not be named and are missing",
        "untaken",
        untaken,
        heard);
    untaken = 0;
  }

  /** The node was born: from here on nothing is missing. */
  void over(Heard heard) {
    if (open) {
      event(
          EventSeverity.INFO,
          "sparkplug-gap-over",
          " was born again; " + untaken + " values before could not be named and are missing",
          "untaken",
          untaken,
          heard);
    }
    ordered(heard);
    open = false;
    untaken = 0;
  }

  private void event(
      EventSeverity severity, String kind, String words, String counted, long count, Heard heard) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("group", group);
    detail.put("node", node);
    detail.put(counted, Long.toString(count));
    heard.event(severity, kind, "Sparkplug node " + group + "/" + node + words, detail);
  }
}
