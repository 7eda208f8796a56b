package io.edgeflow.models.replay;

import io.edgeflow.inference.bundle.Threshold;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the alarms of one threshold and subject in scores that come in order of time. What comes
 * within a minute of the last is the same alarm. One thread.
 */
final class AlarmWatch {
  static final long SAME_MICROS = 60_000_000;

  private final String subject;
  private final Threshold threshold;
  private final double setting;
  private final List<Alarm> alarms = new ArrayList<>();

  private boolean beyond;
  private long sinceMicros;
  private long lastMicros;
  private double peak;

  AlarmWatch(String subject, Threshold threshold, double setting) {
    this.subject = subject;
    this.threshold = threshold;
    this.setting = setting;
  }

  void score(long timeMicros, double score) {
    boolean now = threshold.beyond(score, setting);
    if (now && !beyond) {
      sinceMicros = timeMicros;
      peak = score;
    }
    beyond = now;
    if (!now) {
      return;
    }
    lastMicros = timeMicros;
    peak =
        threshold.direction() == Threshold.Direction.ABOVE
            ? Math.max(peak, score)
            : Math.min(peak, score);
    if (timeMicros - sinceMicros >= threshold.hold().toNanos() / 1_000) {
      raise();
    }
  }

  /** A time without a score ends what was beyond. */
  void silence() {
    beyond = false;
  }

  private void raise() {
    if (!alarms.isEmpty() && sinceMicros - alarms.getLast().toMicros() <= SAME_MICROS) {
      Alarm open = alarms.removeLast();
      boolean further =
          threshold.direction() == Threshold.Direction.ABOVE
              ? peak > open.peak()
              : peak < open.peak();
      alarms.add(alarm(open.fromMicros(), further ? peak : open.peak()));
    } else {
      alarms.add(alarm(sinceMicros, peak));
    }
  }

  private Alarm alarm(long fromMicros, double furthest) {
    return new Alarm(subject, threshold.name(), fromMicros, lastMicros, furthest);
  }

  List<Alarm> alarms() {
    return alarms;
  }
}
