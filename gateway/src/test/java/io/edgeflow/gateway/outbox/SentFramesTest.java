package io.edgeflow.gateway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** J4, L2: what was sent under which number, in bounded memory. */
final class SentFramesTest {
  private static final Incarnation FIRST = new Incarnation(1, 1);

  private final SentFrames sent = new SentFrames();

  private static FrameId id(long number) {
    return new FrameId(FIRST, Lane.WINDOW, number);
  }

  private void send(long from, long to) {
    for (long number = from; number <= to; number++) {
      sent.add(id(number), (int) number);
    }
  }

  @Test
  void forgetsTheContentOfTheOldestAndStillKnowsThatItWasSent() {
    send(1, SentFrames.CONTENTS + 2);

    assertEquals(OptionalInt.empty(), sent.content(id(1)));
    assertEquals(OptionalInt.empty(), sent.content(id(2)));
    assertEquals(OptionalInt.of(3), sent.content(id(3)));
    assertTrue(sent.contains(FIRST, Lane.WINDOW, 1));
    assertFalse(sent.contains(FIRST, Lane.WINDOW, SentFrames.CONTENTS + 3));
  }

  /** The oldest of all waits for its verdict again. */
  @Test
  void takesWhatWasSentAgainForTheNewest() {
    send(1, SentFrames.CONTENTS);
    sent.add(id(1), 7);
    send(SentFrames.CONTENTS + 1, SentFrames.CONTENTS + 1);

    assertEquals(OptionalInt.of(7), sent.content(id(1)));
    assertEquals(OptionalInt.empty(), sent.content(id(2)));
  }
}
