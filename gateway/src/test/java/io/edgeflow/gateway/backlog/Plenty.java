package io.edgeflow.gateway.backlog;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Real frames of many sizes, and the source that has them. */
final class Plenty implements FrameSource {
  static final String EDGE = "pi-7";

  private static final int TEXT_CHARS = 8000;

  final Map<FrameId, byte[]> frames = new TreeMap<>(PieceMap::compare);
  private final RandomGenerator random;

  Plenty(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public byte[] read(FrameId id) throws IOException {
    return Optional.ofNullable(frames.get(id))
        .orElseThrow(() -> new IOException("the source does not have " + id))
        .clone();
  }

  List<FrameId> ids() {
    return List.copyOf(frames.keySet());
  }

  FrameId add(Incarnation incarnation, long number, int aboutBytes) {
    FrameId id = new FrameId(incarnation, Lane.EVENT, number);
    frames.put(id, frame(EDGE, id, aboutBytes));
    return id;
  }

  /** Text that does not compress, so that the frame gets about as long as is asked for. */
  byte[] frame(String edge, FrameId id, int aboutBytes) {
    List<EventRow> rows = new ArrayList<>();
    for (int left = Math.max(1, aboutBytes - 150); left > 0; left -= TEXT_CHARS) {
      String text = text(Math.min(left, TEXT_CHARS));
      rows.add(new EventRow(1, EventSeverity.INFO, "test", "", text, new TreeMap<>()));
    }
    Frame frame =
        new Frame(
            edge,
            id,
            1_000_000 + id.number(),
            id.number() % 7,
            10 * id.number(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            rows,
            List.of());
    return FrameCodec.encode(frame);
  }

  private String text(int chars) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < chars; i++) {
      text.append((char) random.nextInt(' ', 127));
    }
    return text.toString();
  }

  SealedFrame sealed(FrameId id) {
    byte[] bytes = frames.getOrDefault(id, new byte[0]);
    return new SealedFrame(
        id, 1_000_000 + id.number(), bytes.length, id.number() % 7, 10 * id.number());
  }
}
