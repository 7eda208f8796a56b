package io.edgeflow.models.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.inference.bundle.Threshold;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlarmWatchTest {
  private static final long SECOND = 1_000_000;

  @Test
  void oneScoreBeyondIsAnAlarm() {
    AlarmWatch watch = watch(Duration.ZERO, Threshold.Direction.ABOVE);
    scores(watch, 0, 5, 5.1, 5);
    assertEquals(List.of(alarm(1, 1, 5.1)), watch.alarms());
  }

  @Test
  void holdWaitsForTheTimeOfTheScores() {
    AlarmWatch watch = watch(Duration.ofSeconds(2), Threshold.Direction.ABOVE);
    scores(watch, 0, 6, 6, 1, 6, 7, 9, 8, 1);
    assertEquals(List.of(alarm(3, 6, 9)), watch.alarms());
  }

  @Test
  void aTimeWithoutAScoreBreaksTheHold() {
    AlarmWatch watch = watch(Duration.ofSeconds(2), Threshold.Direction.ABOVE);
    scores(watch, 0, 6, 6);
    watch.silence();
    scores(watch, 2, 6, 6);
    assertEquals(List.of(), watch.alarms());
  }

  @Test
  void whatComesWithinAMinuteIsTheSameAlarm() {
    AlarmWatch watch = watch(Duration.ZERO, Threshold.Direction.ABOVE);
    scores(watch, 0, 6, 1);
    scores(watch, 60, 8, 1);
    scores(watch, 121, 7);
    assertEquals(List.of(alarm(0, 60, 8), alarm(121, 121, 7)), watch.alarms());
  }

  @Test
  void belowIsBelow() {
    AlarmWatch watch = watch(Duration.ZERO, Threshold.Direction.BELOW);
    scores(watch, 0, 6, 4, 3, 6);
    assertEquals(List.of(alarm(1, 2, 3)), watch.alarms());
  }

  private static void scores(AlarmWatch watch, int fromSecond, double... scores) {
    for (int i = 0; i < scores.length; i++) {
      watch.score((fromSecond + i) * SECOND, scores[i]);
    }
  }

  private static AlarmWatch watch(Duration hold, Threshold.Direction direction) {
    return new AlarmWatch("p", new Threshold("t", "score", 5, 0, 10, direction, hold), 5);
  }

  private static Alarm alarm(int from, int to, double peak) {
    return new Alarm("p", "t", from * SECOND, to * SECOND, peak);
  }
}
