package io.edgeflow.lab.bench;

import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.journal.Replay;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Both sides of the journal's benchmark, in a directory of their own. */
final class JournalWork implements AutoCloseable {
  /** As the gateway's default. */
  private static final long FILE_BYTES = 32 << 20;

  /** What the journal writes beside the payload: 18 bytes a record, and a commit record of 26. */
  private static final int RECORD_OVERHEAD = 18;

  private static final int COMMIT_BYTES = 26;
  private static final int CHECKPOINT_BYTES = 64 << 10;

  private final Path directory;
  private final int batch;
  private final byte[] payload;
  private final ByteBuffer block;
  private final Journal journal;
  private final Thread owner = Thread.currentThread();
  private FileChannel bare;
  private long bareBytes;
  private int bareFiles;

  /**
   * @param directory empty; deleted in the end
   */
  JournalWork(Path directory, int batch, int recordBytes) throws IOException {
    this.batch = batch;
    this.directory = directory;
    this.payload = new byte[recordBytes];
    new SplittableRandom(1).nextBytes(payload);
    this.block = ByteBuffer.allocateDirect(batch * (recordBytes + RECORD_OVERHEAD) + COMMIT_BYTES);
    this.journal =
        Journal.open(
            new JournalSettings(
                directory.resolve("journal"),
                "bench",
                Duration.ZERO,
                Duration.ofHours(1),
                FILE_BYTES),
            new NioDisk(),
            new NothingToReplay());
    this.bare = nextFile();
  }

  int batchBytes() {
    return block.capacity();
  }

  /**
   * Appends and commits one batch; nanoseconds. New segments are part of it, the deletion of old
   * ones is not.
   */
  long journal() {
    long begin = System.nanoTime();
    for (int i = 1; i < batch; i++) {
      journal.append(1, payload, 0, payload.length, null);
    }
    long last = journal.append(1, payload, 0, payload.length, (n, at) -> LockSupport.unpark(owner));
    journal.wantSync();
    while (journal.syncedNumber() < last) {
      LockSupport.park(this);
    }
    boolean full = journal.wantsRoll();
    if (full) {
      journal.roll(new byte[CHECKPOINT_BYTES]);
    }
    long nanos = System.nanoTime() - begin;
    if (full) {
      deleteOld();
    }
    return nanos;
  }

  private void deleteOld() {
    List<SegmentInfo> segments = journal.segments();
    segments.forEach(segment -> journal.delete(segment.id()));
  }

  /** Writes and forces one block of the same size; nanoseconds. */
  long bare() throws IOException {
    long begin = System.nanoTime();
    block.clear();
    while (block.hasRemaining()) {
      bareBytes += bare.write(block);
    }
    bare.force(false);
    if (bareBytes > FILE_BYTES) {
      bare.close();
      bare = nextFile();
    }
    return System.nanoTime() - begin;
  }

  private FileChannel nextFile() throws IOException {
    Files.deleteIfExists(directory.resolve("bare-" + (bareFiles - 1)));
    bareBytes = 0;
    return FileChannel.open(
        directory.resolve("bare-" + bareFiles++),
        StandardOpenOption.CREATE_NEW,
        StandardOpenOption.WRITE);
  }

  @Override
  public void close() throws IOException {
    journal.close();
    bare.close();
    Folders.delete(directory);
  }

  private static final class NothingToReplay implements Replay {
    @Override
    public void checkpoint(byte[] checkpoint) {}

    @Override
    public void record(long number, int type, byte[] payload, LogPosition position) {}

    @Override
    public void damage(Damage damage) {}

    @Override
    public void tornTail(long bytes, boolean possiblyAcknowledged) {}
  }
}
