package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Pins version 1 of the format: every frame that any release wrote must be read for ever.
 *
 * <p>Compared are the decoded frame, its identity and the content before compression. The
 * compressed bytes are not: another version of zstd may pack the same content otherwise, which
 * every reader takes just as well.
 */
final class GoldenFrameTest {
  @Test
  void readsEveryGoldenFrameAsItIsDescribed() throws IOException {
    for (Map.Entry<String, Frame> golden : GoldenFrames.all().entrySet()) {
      Decoded.Accepted read = accepted(bytes(golden.getKey() + ".frame"));
      assertEquals(golden.getValue(), read.frame(), golden.getKey());
      assertEquals(
          new String(bytes(golden.getKey() + ".txt"), StandardCharsets.UTF_8),
          GoldenFrames.describe(read.frame(), read.identity()),
          golden.getKey());
    }
  }

  @Test
  void writesEveryGoldenFrameAsItLiesThere() throws IOException {
    for (Map.Entry<String, Frame> golden : GoldenFrames.all().entrySet()) {
      byte[] file = bytes(golden.getKey() + ".frame");
      byte[] written = FrameCodec.encode(golden.getValue());
      assertArrayEquals(content(file), content(written), golden.getKey());
      assertEquals(FrameCodec.header(file).orElseThrow().identity(), identity(written));
    }
  }

  /** Writes files for golden frames that have none yet; never touches one that lies there. */
  @Test
  @EnabledIfSystemProperty(named = "edgeflow.golden", matches = "add")
  void addsMissingGoldenFiles() throws IOException {
    Path folder = Path.of("src/test/resources/golden");
    Files.createDirectories(folder);
    for (Map.Entry<String, Frame> golden : GoldenFrames.all().entrySet()) {
      byte[] encoded = FrameCodec.encode(golden.getValue());
      String text = GoldenFrames.describe(golden.getValue(), identity(encoded));
      add(folder.resolve(golden.getKey() + ".frame"), encoded);
      add(folder.resolve(golden.getKey() + ".txt"), text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(Path file, byte[] bytes) throws IOException {
    if (Files.notExists(file)) {
      Files.write(file, bytes);
    }
  }

  private static int identity(byte[] frame) {
    return FrameCodec.header(frame).orElseThrow().identity();
  }

  private static byte[] content(byte[] frame) {
    FrameHeader header = FrameCodec.header(frame).orElseThrow();
    int start = FrameLayout.headerBytes(header.edge());
    byte[] packed = Arrays.copyOfRange(frame, start, frame.length - FrameLayout.CHECKSUM_BYTES);
    return Zstd.decompress(packed, header.contentBytes());
  }

  private static Decoded.Accepted accepted(byte[] bytes) {
    return switch (FrameCodec.decode(bytes)) {
      case Decoded.Accepted accepted -> accepted;
      case Decoded.Refused refused -> throw new AssertionError(refused);
    };
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream in = GoldenFrameTest.class.getResourceAsStream("/golden/" + file)) {
      assertNotNull(in, file);
      return in.readAllBytes();
    }
  }
}
