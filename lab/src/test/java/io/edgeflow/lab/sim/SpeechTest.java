package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class SpeechTest {
  private static final double RATE = 500;
  private static final int ROOM = 10_000;

  private final Speech speech =
      Speech.of(
          List.copyOf(PlantLayout.proof(1, EnumSet.of(PayloadForm.JSON), 1).sensors()),
          PublisherSettings.plain(URI.create("tcp://127.0.0.1:1"), "speech", RATE));

  @Test
  void keepsItsRateHoweverOftenItIsAsked() {
    int said = 0;
    for (long millis = 0; millis < 10_000; millis += 7) {
      said += said(millis);
    }
    assertEquals(5_000, said + said(9_999));
  }

  @Test
  void saysWhenTheNextIsDue() {
    assertEquals(1, said(0));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(2), speech.untilNextNanos(0));
    assertEquals(0, said(1));
    assertEquals(TimeUnit.MILLISECONDS.toNanos(1), speech.untilNextNanos(nanos(1)));
    assertEquals(1, said(2));
  }

  @Test
  void makesUpForOneSecondAtMost() {
    assertEquals(1, said(0));
    assertEquals(250, said(500), "half a second was missed");
    assertEquals(0, speech.due(nanos(60_000), 0, () -> 0).size(), "there was no room");
    assertEquals(501, said(60_000), "a second of many, and what is due now");
  }

  private int said(long millis) {
    return speech.due(nanos(millis), ROOM, () -> 0).size();
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
