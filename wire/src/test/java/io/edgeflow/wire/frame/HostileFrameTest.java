package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** L1: any bytes whatever end in a frame or in a typed refusal, within bounded memory. */
final class HostileFrameTest {
  private static final long SEED = Long.getLong("edgeflow.seed", System.nanoTime());

  private final Random random = new Random(SEED);
  private final Frame frame = new PlantFrames(8, 3, value -> value).minute(2);
  private final byte[] good = FrameCodec.encode(frame);

  HostileFrameTest() {
    System.out.println("seed " + SEED);
  }

  @Test
  void refusesEveryFlipOfABit() {
    for (int at = 0; at < good.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] bytes = good.clone();
        bytes[at] ^= (byte) (1 << bit);
        assertInstanceOf(Decoded.Refused.class, FrameCodec.decode(bytes), "byte " + at);
      }
    }
  }

  @Test
  void refusesEveryOtherValueOfEveryByteOfTheHeader() {
    for (int at = 0; at < FrameLayout.headerBytes(frame.edge()); at++) {
      for (int change = 1; change < 256; change++) {
        byte[] bytes = good.clone();
        bytes[at] ^= (byte) change;
        assertInstanceOf(Decoded.Refused.class, FrameCodec.decode(bytes), "byte " + at);
      }
    }
  }

  @Test
  void callsEveryTruncationTruncated() {
    for (int length = 1; length < good.length; length++) {
      assertEquals(Refusal.TRUNCATED, refusal(Arrays.copyOf(good, length)), "length " + length);
    }
    assertEquals(Refusal.NOT_A_FRAME, refusal(new byte[0]));
  }

  @Test
  void refusesBytesBehindTheEnd() {
    assertEquals(Refusal.CORRUPT, refusal(Arrays.copyOf(good, good.length + 1)));
  }

  @Test
  void namesAFutureVersionBeforeItJudgesAnythingElse() {
    byte[] bytes = good.clone();
    bytes[4] = 2;
    assertEquals(Refusal.FUTURE_VERSION, refusal(bytes));
    assertEquals(Refusal.FUTURE_VERSION, refusal(Arrays.copyOf(bytes, 9)));
    assertTrue(FrameCodec.header(bytes).isEmpty());
  }

  @Test
  void refusesGarbage() {
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (random.nextBoolean() && bytes.length >= 5) {
        ByteBuffer.wrap(bytes).putInt(FrameLayout.MAGIC).put((byte) 1);
      }
      assertInstanceOf(Decoded.Refused.class, FrameCodec.decode(bytes));
    }
  }

  @Test
  void refusesContentThatWasChangedAndSealedAgain() {
    Set<Refusal> seen = EnumSet.noneOf(Refusal.class);
    RandomFrames frames = new RandomFrames(random);
    for (int i = 0; i < 30_000; i++) {
      Frame one = i % 50 == 0 ? frame : frames.next();
      byte[] content = Content.write(one);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        content[random.nextInt(content.length)] =
            random.nextBoolean() ? (byte) random.nextInt() : (byte) 0xFF;
      }
      if (random.nextInt(10) == 0) {
        content = Arrays.copyOf(content, random.nextInt(content.length + 40));
      }
      byte[] sealed =
          FrameLayout.write(one, Identity.of(one), content.length, Zstd.compress(content, 1));
      switch (FrameCodec.decode(sealed)) {
        // A change may write the byte that was there; then it is the frame as it travels, M2
        // rounded.
        case Decoded.Accepted accepted ->
            assertEquals(FrameCodec.decode(FrameCodec.encode(one)), accepted);
        case Decoded.Refused refused -> seen.add(refused.reason());
      }
    }
    assertEquals(EnumSet.of(Refusal.MALFORMED), seen);
  }

  @Test
  void refusesABombByWhatItDeclares() {
    byte[] packed = Zstd.compress(new byte[FrameCodec.MAX_CONTENT_BYTES + 1], 19);
    byte[] honest = FrameLayout.write(frame, 0, FrameCodec.MAX_CONTENT_BYTES + 1, packed);
    assertEquals(Refusal.TOO_LARGE, refusal(honest));
    assertEquals(Refusal.TOO_LARGE, refusal(FrameLayout.write(frame, 0, -1, packed)));
    byte[] lying = FrameLayout.write(frame, 0, 1000, packed);
    long before = allocated();
    assertEquals(Refusal.MALFORMED, refusal(lying));
    assertTrue(allocated() - before < 1_000_000, "allocated before it was checked");
  }

  @Test
  void refusesMillionsOfRowsOfConstantColumnsBeforeMakingThem() {
    for (long rows : new long[] {FrameLimits.MAX_ROWS + 1L, Integer.MAX_VALUE, -1}) {
      ByteSink sink = new ByteSink();
      SeriesSection.write(sink, frame.series());
      sink.varint(rows);
      sink.bytes(new byte[64], 0, 64);
      byte[] content = sink.toBytes();
      byte[] sealed = FrameLayout.write(frame, 0, content.length, Zstd.compress(content, 1));
      long before = allocated();
      assertEquals(Refusal.MALFORMED, refusal(sealed));
      assertTrue(allocated() - before < 1_000_000, "allocated before it was checked");
    }
  }

  @Test
  void refusesAFrameLargerThanTheLimitAtOnce() {
    byte[] bytes = new byte[FrameCodec.MAX_FRAME_BYTES + 1];
    ByteBuffer.wrap(bytes).putInt(FrameLayout.MAGIC).put((byte) 1);
    assertEquals(Refusal.TOO_LARGE, refusal(bytes));
  }

  private static Refusal refusal(byte[] bytes) {
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted -> throw new AssertionError(accepted.frame().id());
      case Decoded.Refused refused -> refused.reason();
    };
  }

  private static long allocated() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }
}
