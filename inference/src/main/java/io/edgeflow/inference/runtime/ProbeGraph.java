package io.edgeflow.inference.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The smallest graph that tells whether a provider works: {@code y = x * w} with a 4 by 2 matrix.
 * Written by hand, field numbers of {@code onnx.proto3}, so that no builder is needed at run time.
 */
final class ProbeGraph {
  static final int ROW = 4;
  static final int OUTPUTS = 2;
  private static final int FLOAT = 1;

  private ProbeGraph() {}

  /** Outside of the heap. */
  static ByteBuffer direct() {
    byte[] graph = bytes();
    return ByteBuffer.allocateDirect(graph.length).put(graph).flip();
  }

  static byte[] bytes() {
    byte[] graph =
        message(
            bytes(1, node()),
            text(2, "probe"),
            bytes(5, weights()),
            bytes(11, value("x", ROW)),
            bytes(12, value("y", OUTPUTS)));
    byte[] opset = message(text(1, ""), number(2, 13));
    return message(number(1, 8), bytes(7, graph), bytes(8, opset));
  }

  /** What it must give. */
  static float[] expected(float[] row) {
    float[] scores = new float[OUTPUTS];
    for (int i = 0; i < ROW; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        scores[j] += row[i] * weight(i, j);
      }
    }
    return scores;
  }

  private static float weight(int i, int j) {
    return 1 + i - 2 * j;
  }

  private static byte[] node() {
    return message(text(1, "x"), text(1, "w"), text(2, "y"), text(4, "MatMul"));
  }

  private static byte[] weights() {
    ByteBuffer raw = ByteBuffer.allocate(ROW * OUTPUTS * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < ROW; i++) {
      for (int j = 0; j < OUTPUTS; j++) {
        raw.putFloat(weight(i, j));
      }
    }
    return message(
        number(1, ROW), number(1, OUTPUTS), number(2, FLOAT), text(8, "w"), bytes(9, raw.array()));
  }

  private static byte[] value(String name, int length) {
    byte[] batch = message(text(2, "n"));
    byte[] shape = message(bytes(1, batch), bytes(1, message(number(1, length))));
    byte[] tensor = message(number(1, FLOAT), bytes(2, shape));
    return message(text(1, name), bytes(2, message(bytes(1, tensor))));
  }

  private static byte[] message(byte[]... fields) {
    var out = new ByteArrayOutputStream();
    for (byte[] field : fields) {
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  private static byte[] text(int field, String text) {
    return bytes(field, text.getBytes(UTF_8));
  }

  private static byte[] bytes(int field, byte[] content) {
    var out = new ByteArrayOutputStream();
    writeVarint(out, (field << 3) | 2);
    writeVarint(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] number(int field, int value) {
    var out = new ByteArrayOutputStream();
    writeVarint(out, field << 3);
    writeVarint(out, value);
    return out.toByteArray();
  }

  private static void writeVarint(ByteArrayOutputStream out, int value) {
    int rest = value;
    while (rest >= 0x80) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }
}
