package io.edgeflow.lab.bench;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.BacklogFile;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.lab.sim.NoisyEvents;
import io.edgeflow.process.files.Folders;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Both sides of {@link BacklogBench}: frames in a sealed file, and the same bytes in a bare one.
 */
final class BacklogWork implements AutoCloseable {
  private static final String EDGE = "bench";

  private final Map<FrameId, byte[]> frames = new LinkedHashMap<>();
  private final Path directory;
  private final Backlog backlog;
  private final long bytes;

  /**
   * @param directory empty; deleted in the end
   */
  BacklogWork(Path directory, int frameBytes, long totalBytes) throws IOException {
    this.directory = directory;
    this.backlog = Backlog.open(new NioDisk(), this.directory.resolve("backlog"), EDGE);
    SplittableRandom random = new SplittableRandom(3);
    long sum = 0;
    for (long number = 1; sum < totalBytes; number++) {
      FrameId id = new FrameId(new Incarnation(1, 2), Lane.EVENT, number);
      byte[] frame = NoisyEvents.frame(EDGE, id, frameBytes, random);
      frames.put(id, frame);
      sum += frame.length;
    }
    bytes = sum;
  }

  /** Of all frames. */
  long bytes() {
    return bytes;
  }

  int frames() {
    return frames.size();
  }

  /** A file, and how long it took. */
  record Sealed(BacklogFile file, long nanos) {}

  Sealed seal() throws IOException {
    long start = System.nanoTime();
    BacklogFile file =
        Objects.requireNonNull(
            backlog.seal(Lane.EVENT, List.copyOf(frames.keySet()), id -> bytesOf(id)).file());
    return new Sealed(file, System.nanoTime() - start);
  }

  private byte[] bytesOf(FrameId id) {
    return Objects.requireNonNull(frames.get(id));
  }

  /** Nanoseconds for opening a file and reading every frame of it. */
  long read(BacklogFile file) throws IOException {
    backlog.close();
    long start = System.nanoTime();
    for (FrameId id : frames.keySet()) {
      if (backlog.read(file.id(), id).length != bytesOf(id).length) {
        throw new IllegalStateException("another frame came back");
      }
    }
    return System.nanoTime() - start;
  }

  void delete(BacklogFile file) throws IOException {
    backlog.delete(file.id());
  }

  /** Nanoseconds for writing the same bytes to a bare file, and forcing them. */
  long bareWrite() throws IOException {
    long start = System.nanoTime();
    try (FileChannel channel =
        FileChannel.open(bare(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (byte[] frame : frames.values()) {
        ByteBuffer buffer = ByteBuffer.wrap(frame);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(false);
    }
    return System.nanoTime() - start;
  }

  /** Nanoseconds for reading the bare file in pieces of the frames' size; deletes it. */
  long bareRead() throws IOException {
    long start = System.nanoTime();
    try (InputStream in = Files.newInputStream(bare())) {
      for (byte[] frame : frames.values()) {
        if (in.readNBytes(frame.length).length != frame.length) {
          throw new IllegalStateException("the file is shorter than it was");
        }
      }
    }
    long nanos = System.nanoTime() - start;
    Files.delete(bare());
    return nanos;
  }

  private Path bare() {
    return directory.resolve("bare");
  }

  @Override
  public void close() throws IOException {
    backlog.close();
    Folders.delete(directory);
  }
}
