package io.edgeflow.gateway.sparkplug;

import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tells what is missing of a node: an event when it begins, one when it is over. */
final class Gaps {
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
    SortedMap<String, String> detail = detail();
    detail.put("lost", Integer.toString(messages));
    heard.event(
        EventSeverity.WARNING,
        "sparkplug-gap",
        "Sparkplug node "
            + group
            + "/"
            + node
            + ": "
            + why
            + "; until its next birth, which it is asked for, only values are taken that say"
            + " themselves what they are",
        detail);
  }

  /** All came, but not in order: what was not taken meanwhile stays out. */
  void ordered(Heard heard) {
    if (open || untaken == 0) {
      return;
    }
    counts.gaps.incrementAndGet();
    SortedMap<String, String> detail = detail();
    detail.put("untaken", Long.toString(untaken));
    heard.event(
        EventSeverity.WARNING,
        "sparkplug-gap",
        "Sparkplug node "
            + group
            + "/"
            + node
            + ": messages came out of order; "
            + untaken
            + " values among them could not be named and are missing",
        detail);
    untaken = 0;
  }

  /** The node was born: from here on nothing is missing. */
  void over(Heard heard) {
    if (open) {
      SortedMap<String, String> detail = detail();
      detail.put("untaken", Long.toString(untaken));
      heard.event(
          EventSeverity.INFO,
          "sparkplug-gap-over",
          "Sparkplug node "
              + group
              + "/"
              + node
              + " was born again; "
              + untaken
              + " values before could not be named and are missing",
          detail);
    }
    ordered(heard);
    open = false;
    untaken = 0;
  }

  private SortedMap<String, String> detail() {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("group", group);
    detail.put("node", node);
    return detail;
  }
}
