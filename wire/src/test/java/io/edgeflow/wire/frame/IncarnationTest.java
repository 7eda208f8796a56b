package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IncarnationTest {
  @Test
  void readsWhatItWrites() {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      Incarnation one = Incarnation.random(random);
      assertEquals(32, one.toString().length());
      assertEquals(one, Incarnation.parse(one.toString()));
    }
    assertEquals("00000000000000010000000000000002", new Incarnation(1, 2).toString());
  }

  @Test
  void isOrderedAsItsTextIs() {
    Random random = new Random(4);
    for (int i = 0; i < 1000; i++) {
      Incarnation one = Incarnation.random(random);
      Incarnation other = Incarnation.random(random);
      assertTrue(one.compareTo(other) * one.toString().compareTo(other.toString()) > 0);
    }
  }

  @Test
  void readsNothingElse() {
    for (String text : List.of("", "00", "g".repeat(32), "0".repeat(31), "0".repeat(33))) {
      assertThrows(IllegalArgumentException.class, () -> Incarnation.parse(text));
    }
  }
}
