package io.edgeflow.inference.guard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.ProviderAttempt;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a process and the child that scores for it say to each other: a length of four bytes, then a
 * kind and its content, big-endian. One request at a time. Not thread-safe for one direction.
 */
final class ChildFrames {
  /** A frame. */
  sealed interface Frame {}

  /** The first request. */
  record Load(String graph, ModelSpec spec, int threads, String provider) implements Frame {}

  /** Instead of {@link Load}: which provider works? */
  record Probe(int threads) implements Frame {}

  /**
   * @param attempts in order, the chosen one last
   */
  record Found(String provider, List<ProviderAttempt> attempts) implements Frame {}

  /**
   * @param residentBefore bytes of the child before it loaded the model; -1 where nobody tells
   */
  record Ready(long residentBefore) implements Frame {}

  /** Rows of a request, or scores of an answer. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  record Floats(int count, float[] values) implements Frame {}

  /** Instead of {@link Ready} or {@link Floats}. */
  record Failed(String why) implements Frame {}

  private static final int LOAD = 1;
  private static final int READY = 2;
  private static final int FLOATS = 3;
  private static final int FAILED = 4;
  private static final int PROBE = 5;
  private static final int FOUND = 6;

  private static final int LONGEST_REASON = 2_000;

  /** No honest frame is longer; a length beyond it is garbage. */
  private static final int LONGEST = 256 << 20;

  private final DataInputStream in;
  private final DataOutputStream out;

  ChildFrames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(new BufferedInputStream(in));
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  void write(Frame frame) throws IOException {
    byte[] content =
        switch (frame) {
          case Load load -> content(load);
          case Ready ready -> ByteBuffer.allocate(8).putLong(ready.residentBefore()).array();
          case Floats floats -> content(floats);
          case Failed failed -> failed.why().getBytes(UTF_8);
          case Probe probe -> ByteBuffer.allocate(4).putInt(probe.threads()).array();
          case Found found -> content(found);
        };
    out.writeInt(content.length + 1);
    out.writeByte(kind(frame));
    out.write(content);
    out.flush();
  }

  private static int kind(Frame frame) {
    return switch (frame) {
      case Load _ -> LOAD;
      case Ready _ -> READY;
      case Floats _ -> FLOATS;
      case Failed _ -> FAILED;
      case Probe _ -> PROBE;
      case Found _ -> FOUND;
    };
  }

  private static byte[] content(Found found) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    data.writeUTF(found.provider());
    data.writeInt(found.attempts().size());
    for (ProviderAttempt attempt : found.attempts()) {
      data.writeUTF(attempt.provider().name());
      data.writeUTF(attempt.refusal().map(ChildFrames::shortened).orElse(""));
    }
    return bytes.toByteArray();
  }

  /** What a library says may be longer than the format has room for. */
  private static String shortened(String text) {
    return text.substring(0, Math.min(text.length(), LONGEST_REASON));
  }

  private static byte[] content(Floats floats) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + floats.values().length * Float.BYTES);
    buffer.putInt(floats.count());
    buffer.asFloatBuffer().put(floats.values());
    return buffer.array();
  }

  private static byte[] content(Load load) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    ModelSpec spec = load.spec();
    data.writeUTF(load.graph());
    data.writeUTF(load.provider());
    data.writeInt(load.threads());
    data.writeUTF(spec.input());
    data.writeUTF(spec.output());
    data.writeInt(spec.outputs());
    data.writeInt(spec.limits().maxBatch());
    data.writeLong(spec.limits().timeOut().toNanos());
    data.writeLong(spec.limits().memoryBytes());
    data.writeInt(spec.rowShape().size());
    for (int length : spec.rowShape()) {
      data.writeInt(length);
    }
    return bytes.toByteArray();
  }

  /**
   * Waits for one.
   *
   * @throws EOFException if the other side is gone
   * @throws IOException if what came is no frame
   */
  Frame read() throws IOException {
    int length = in.readInt();
    if (length < 1 || length > LONGEST) {
      throw new IOException("a frame of " + length + " bytes");
    }
    int kind = in.readByte();
    byte[] content = in.readNBytes(length - 1);
    if (content.length < length - 1) {
      throw new EOFException("a frame was cut");
    }
    return switch (kind) {
      case LOAD -> load(new DataInputStream(new ByteArrayInputStream(content)));
      case READY -> new Ready(new DataInputStream(new ByteArrayInputStream(content)).readLong());
      case FLOATS -> floats(ByteBuffer.wrap(content));
      case FAILED -> new Failed(new String(content, UTF_8));
      case PROBE -> new Probe(new DataInputStream(new ByteArrayInputStream(content)).readInt());
      case FOUND -> found(new DataInputStream(new ByteArrayInputStream(content)));
      default -> throw new IOException("a frame of the kind " + kind);
    };
  }

  private static Floats floats(ByteBuffer content) throws IOException {
    if (content.remaining() < 4 || content.remaining() % Float.BYTES != 0) {
      throw new IOException("numbers in " + content.remaining() + " bytes");
    }
    int count = content.getInt();
    float[] values = new float[content.remaining() / Float.BYTES];
    content.asFloatBuffer().get(values);
    return new Floats(count, values);
  }

  private static Found found(DataInputStream data) throws IOException {
    String provider = data.readUTF();
    List<ProviderAttempt> attempts = new ArrayList<>();
    for (int left = data.readInt(); left > 0; left--) {
      ExecutionProvider tried = ExecutionProvider.valueOf(data.readUTF());
      String refusal = data.readUTF();
      attempts.add(
          new ProviderAttempt(tried, refusal.isEmpty() ? Optional.empty() : Optional.of(refusal)));
    }
    return new Found(provider, attempts);
  }

  private static Load load(DataInputStream data) throws IOException {
    String graph = data.readUTF();
    String provider = data.readUTF();
    int threads = data.readInt();
    String input = data.readUTF();
    String output = data.readUTF();
    int outputs = data.readInt();
    var limits =
        new ModelLimits(data.readInt(), Duration.ofNanos(data.readLong()), data.readLong());
    int dimensions = data.readInt();
    List<Integer> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(data.readInt());
    }
    return new Load(graph, new ModelSpec(input, shape, output, outputs, limits), threads, provider);
  }
}
