package io.edgeflow.cloud.files;

import io.edgeflow.cloud.store.FrameDepot;
import io.edgeflow.wire.frame.Incarnation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPInputStream;

/**
 * A file of history, and the frames that it makes. The name of its incarnation follows from its
 * bytes and from how it is read: whoever brings in the same file again, brings frames that the
 * ledger knows.
 *
 * @param line whether it is in line protocol, else in CSV
 * @param raw whether single readings are kept beside the windows
 */
public record HistoryFile(Path path, Mapping mapping, boolean line, boolean raw) {
  private static final int BUFFER = 1 << 16;

  /** Takes what comes of the file. */
  public interface Sink {
    /** A frame; those of one edge and lane in order. */
    void frame(String edge, byte[] bytes) throws IOException, InterruptedException;

    /** A line that is left out. */
    void bad(long line, String reason);

    /** A line was read that says something. */
    void row(Row row);
  }

  /**
   * Reads all of it. Blocks.
   *
   * @return how many lines it has
   */
  public long read(Sink sink) throws IOException, InterruptedException {
    long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    var fold = new Fold(raw, new FrameMaker(incarnation(), now, sink::frame));
    RowSink rows =
        new RowSink() {
          @Override
          public void row(Row row) throws IOException, InterruptedException {
            sink.row(row);
            fold.add(row);
          }

          @Override
          public void bad(long line, String reason) {
            sink.bad(line, reason);
          }
        };
    try (var lines = new Lines(open())) {
      if (line) {
        new LineRows(mapping).read(lines, rows);
      } else {
        new CsvRows(mapping).read(lines, rows);
      }
      fold.flush();
      return lines.count();
    }
  }

  private InputStream open() throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(path), BUFFER);
    return path.toString().endsWith(".gz") ? new GZIPInputStream(bytes, BUFFER) : bytes;
  }

  /** Of the bytes and of what decides what they say. */
  public Incarnation incarnation() throws IOException {
    MessageDigest digest = sha256();
    digest.update(
        ("edgeflow import\n" + (line ? "line" : "csv") + "\n" + raw + "\n" + mapping.canonical())
            .getBytes(StandardCharsets.UTF_8));
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = Files.newInputStream(path)) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long low = hash.getInt() & 0xFFFF_FFFFL;
    return new Incarnation(((long) FrameDepot.MARK << 32) | low, hash.getLong());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
