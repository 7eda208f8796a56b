package io.edgeflow.lab.drill;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A way in which a clock is wrong. */
enum WrongClock {
  /** As a Pi without a battery: it learns the time later. */
  NONE_AT_BOOT("no clock at the start", true, false),
  /** And the cloud is there to contradict. */
  TEN_YEARS_AHEAD_LINKED("+10 years while the cloud is there", false, true),
  TEN_YEARS_AHEAD("+10 years", false, false),
  AN_HOUR_BEHIND("-1 hour", false, false),
  AT_1970("to 1970", false, false);

  static final Duration TEN_YEARS = Duration.ofDays(3_652);

  private final String words;
  private final boolean atBoot;
  private final boolean linked;

  WrongClock(String words, boolean atBoot, boolean linked) {
    this.words = words;
    this.atBoot = atBoot;
    this.linked = linked;
  }

  String words() {
    return words;
  }

  /** Already when the process starts; else it jumps later. */
  boolean atBoot() {
    return atBoot;
  }

  /** Whether the cloud can be reached meanwhile. */
  boolean linked() {
    return linked;
  }

  /** How far it is ahead of the true time. */
  long offsetMicros() {
    return switch (this) {
      case TEN_YEARS_AHEAD_LINKED, TEN_YEARS_AHEAD -> micros(TEN_YEARS);
      case AN_HOUR_BEHIND -> -micros(Duration.ofHours(1));
      case NONE_AT_BOOT, AT_1970 -> -ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    };
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
