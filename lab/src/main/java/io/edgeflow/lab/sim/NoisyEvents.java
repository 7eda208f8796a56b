package io.edgeflow.lab.sim;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Frames of events whose texts hardly compress: bytes that have to be kept and carried. */
public final class NoisyEvents {
  private static final int TEXT_CHARS = 8_000;

  /** What a character of these texts comes to once it is compressed. */
  private static final int BITS_PER_CHAR = 7;

  private NoisyEvents() {}

  /**
   * A whole encoded frame.
   *
   * @param bytes about so large
   */
  public static byte[] frame(String edge, FrameId id, int bytes, RandomGenerator random) {
    List<EventRow> rows = new ArrayList<>();
    for (int left = bytes * Byte.SIZE / BITS_PER_CHAR; left > 0; left -= TEXT_CHARS) {
      rows.add(
          new EventRow(
              1,
              EventSeverity.INFO,
              "noise",
              "",
              text(Math.min(left, TEXT_CHARS), random),
              new TreeMap<>()));
    }
    return FrameCodec.encode(
        new Frame(edge, id, 1, 0, 0, List.of(), List.of(), List.of(), List.of(), rows, List.of()));
  }

  private static String text(int chars, RandomGenerator random) {
    StringBuilder text = new StringBuilder(chars);
    for (int i = 0; i < chars; i++) {
      text.append((char) random.nextInt(' ', 127));
    }
    return text.toString();
  }
}
