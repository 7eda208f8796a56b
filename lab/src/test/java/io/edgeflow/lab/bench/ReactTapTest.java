package io.edgeflow.lab.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.recorder.ReadingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReactTapTest {
  private static final int SERIES = 7;

  /** The jump of that series: a whole cycle, and its turn in it. */
  private static final long JUMP = 1_763_672_400_000L + SERIES * (long) ReactRhythm.SPACING_MILLIS;

  private final ReactTap tap = new ReactTap();
  private final List<Submission> offered = new ArrayList<>();
  private final Intake intake =
      tap.intake(
          new Intake() {
            @Override
            public boolean offer(Submission submission) {
              return offered.add(submission);
            }

            @Override
            public void whenRoom(Runnable retry) {}
          });

  private final List<String> heard = new ArrayList<>();
  private final ReadingListener listener =
      tap.listener((series, time, number, text, quality) -> heard.add(series));

  @Test
  void oneReadingInACycleSwitchesOnAndTheNextOneOff() {
    assertTrue(ReactRhythm.switchesOn(SERIES, JUMP));
    for (int later = 1; later < ReactRhythm.CYCLE; later++) {
      long stamp = JUMP + later * (long) ReactRhythm.SPACING_MILLIS;
      assertFalse(ReactRhythm.switchesOn(SERIES, stamp));
      assertEquals(JUMP, ReactRhythm.cause(SERIES, stamp, true));
      assertEquals(JUMP + ReactRhythm.SPACING_MILLIS, ReactRhythm.cause(SERIES, stamp, false));
    }
    assertTrue(ReactRhythm.switchesOn(SERIES, JUMP + ReactRhythm.CYCLE_MILLIS));
  }

  @Test
  void aPassageIsOfTheReadingThatSwitchedAndHandsEverythingOn() {
    long began = System.nanoTime();
    pass(JUMP - ReactRhythm.SPACING_MILLIS, began - 5_000_000_000L);
    pass(JUMP, began);
    pass(JUMP + 3 * ReactRhythm.SPACING_MILLIS, System.nanoTime());
    List<Boolean> written = new ArrayList<>();
    tap.output(ReactRhythm.device(SERIES), (on, done) -> written.add(on)).write(true, r -> {});
    long ended = System.nanoTime();

    assertEquals(List.of(true), written);
    assertEquals(6, offered.size());
    assertEquals(6, heard.size());
    ReactPassage passage = tap.passages().getFirst();
    assertEquals(JUMP, passage.stampMillis());
    assertTrue(passage.all() > 0 && passage.all() <= ended - began, passage::line);
    assertTrue(
        passage.decided() > 0
            && passage.scored() > 0
            && passage.recorded() > 0
            && passage.acted() > 0,
        passage::line);
    assertEquals(Optional.of(passage), ReactPassage.of(passage.line()));
  }

  private void pass(long stamp, long arrivedNanos) {
    String payload = "{\"value\":130.25,\"ts\":" + stamp + "}";
    String topic = "sensors/" + ReactRhythm.series(SERIES);
    intake.offer(Submission.mqtt(topic, payload.getBytes(US_ASCII), arrivedNanos));
    long micros = stamp * 1_000;
    listener.accepted(ReactRhythm.series(SERIES), micros, 130.25, null, Quality.GOOD);
    String score = ReactRhythm.score(SERIES);
    intake.offer(Submission.polled(List.of(new PolledValue(score, 5, Quality.GOOD, micros)), 1));
    listener.accepted(score, micros, 5, null, Quality.GOOD);
  }
}
