package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ShortTextTest {
  @Test
  void keepsWhatFits() {
    assertEquals("", ShortText.cut("", 1));
    assertEquals("pump", ShortText.cut("pump", 4));
    assertEquals("pum", ShortText.cut("pump", 3));
  }

  /** Half a pair has no form in UTF-8: a frame with it would not be read again. */
  @Test
  void neverCutsACharacterInHalf() {
    String thermometer = "\uD83C\uDF21";

    assertEquals("hot", ShortText.cut("hot" + thermometer + "!", 4));
    assertEquals("hot" + thermometer, ShortText.cut("hot" + thermometer + "!", 5));
    assertEquals("hot" + thermometer, ShortText.cut("hot" + thermometer, 5));
  }
}
