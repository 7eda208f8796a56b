package io.edgeflow.gateway;

import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.gateway.journal.JournalHealth;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The state of the journal in words, for programs and for people. */
final class JournalWords {
  static final String OPENING = "opening";
  static final String CLOSING = "closing";
  static final String OK = "ok";

  /** To the cloud: the disk works, and what may be kept on it is full. */
  static final String NO_ROOM = "no-room";

  private static final String STALLED = "stalled";

  private JournalWords() {}

  /** Every word that {@link #state} and the time before and after it know. */
  static List<String> states() {
    return Stream.concat(
            Stream.of(OPENING, OK, STALLED, CLOSING),
            Stream.of(DiskTrouble.values()).map(DiskTrouble::word))
        .toList();
  }

  static String state(JournalHealth health) {
    return switch (health) {
      case JournalHealth.Ok ok -> OK;
      case JournalHealth.Stalled stalled -> STALLED;
      case JournalHealth.Failing failing -> failing.trouble().word();
    };
  }

  /** Why; empty if all is well. */
  static String detail(JournalHealth health) {
    return switch (health) {
      case JournalHealth.Ok ok -> "";
      case JournalHealth.Stalled stalled -> "the disk does not finish a sync";
      case JournalHealth.Failing failing -> because(failing.trouble(), failing.error());
    };
  }

  static String because(DiskTrouble trouble, String error) {
    return trouble.words() + " (" + error + ")";
  }

  /** What keeps the gateway from being ready. */
  static String missing(JournalHealth health) {
    return "the journal cannot be synced: "
        + detail(health)
        + "; nothing is acknowledged until it can, then it goes on by itself";
  }

  /** How long it has been in trouble; 0 if all is well. */
  static long forMillis(JournalHealth health) {
    return switch (health) {
      case JournalHealth.Ok ok -> 0;
      case JournalHealth.Stalled stalled -> millisSince(stalled.sinceNanos());
      case JournalHealth.Failing failing -> millisSince(failing.sinceNanos());
    };
  }

  private static long millisSince(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
