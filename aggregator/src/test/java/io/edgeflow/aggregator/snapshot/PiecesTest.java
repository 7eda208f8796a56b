package io.edgeflow.aggregator.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class PiecesTest {
  @Test
  void holdsWhatWasWrittenInWhateverPieces() {
    Seeded.run(
        30,
        random -> {
          Pieces pieces = new Pieces();
          ByteArrayOutputStream expected = new ByteArrayOutputStream();
          long left = random.nextInt(4 * Pieces.PIECE_BYTES);
          while (expected.size() < left) {
            byte[] some = new byte[random.nextInt(2 * Pieces.PIECE_BYTES)];
            random.nextBytes(some);
            int from = random.nextInt(some.length + 1);
            pieces.write(some, from, some.length - from);
            expected.write(some, from, some.length - from);
            pieces.write(from);
            expected.write(from);
          }
          assertEquals(expected.size(), pieces.size());
          assertArrayEquals(expected.toByteArray(), pieces.toBytes());
          ByteArrayOutputStream together = new ByteArrayOutputStream();
          pieces.take().forEach(together::writeBytes);
          assertArrayEquals(expected.toByteArray(), together.toByteArray());
        });
  }

  @Test
  void putsANumberWhereRoomWasLeftAlsoAcrossPieces() {
    for (int before = Pieces.PIECE_BYTES - 5; before <= Pieces.PIECE_BYTES + 1; before++) {
      Pieces pieces = new Pieces();
      pieces.write(new byte[before], 0, before);
      long at = pieces.leaveInt();
      pieces.write(7);
      pieces.putInt(at, 0x89ABCDEF);
      assertEquals(0x89ABCDEF, ByteBuffer.wrap(pieces.toBytes()).getInt((int) at));
      assertEquals(7, pieces.toBytes()[before + 4]);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> new Pieces().putInt(0, 1));
  }

  /** What is written to a small heap must not ask for large arrays. */
  @Test
  void isMadeOfSmallArrays() {
    Pieces pieces = new Pieces();
    for (int i = 0; i < 3 * Pieces.PIECE_BYTES; i++) {
      pieces.write(i);
    }
    assertTrue(pieces.take().stream().allMatch(piece -> piece.length <= Pieces.PIECE_BYTES));
  }
}
