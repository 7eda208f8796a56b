package io.edgeflow.wire.frame;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts that may be absent: lengths first, 0 for none, then all letters. */
final class PointTexts {
  private PointTexts() {}

  static void write(ByteSink sink, @Nullable String[] texts) {
    long[] lengths = new long[texts.length];
    ByteSink letters = new ByteSink();
    for (int i = 0; i < texts.length; i++) {
      String text = texts[i];
      if (text != null) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        lengths[i] = utf8.length + 1L;
        letters.bytes(utf8, 0, utf8.length);
      }
    }
    LongColumn.write(sink, lengths, new int[texts.length]);
    byte[] bytes = letters.toBytes();
    sink.bytes(bytes, 0, bytes.length);
  }

  static void read(ByteSource source, @Nullable String[] texts, int mostBytes) throws ContentFault {
    long[] lengths = LongColumn.read(source, new int[texts.length]);
    for (int i = 0; i < texts.length; i++) {
      if (lengths[i] < 0 || lengths[i] > mostBytes + 1L) {
        throw new ContentFault("a text of an impossible length");
      }
      if (lengths[i] > 0) {
        int length = (int) lengths[i] - 1;
        texts[i] = ByteSource.utf8(source.array(), source.skip(length), length);
      }
    }
  }
}
