package io.edgeflow.gateway.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is there only to take room, so that a full disk can be survived (J9): giving it up
 * makes room for the records that a recovery, a verdict or a freed segment needs. It is full of
 * random bytes, because a file system that compresses or leaves holes would keep no block for
 * zeros.
 *
 * <p>The file has its name only when all of it is synced, so it is complete or not there at all,
 * whenever a crash comes. Only the owner of the data directory may call what changes it. Nothing
 * here throws because of the disk: what could not be done can be asked for again.
 *
 * <p>Any thread; everything that changes the file blocks for the disk.
 */
public final class Reserve implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);

  /** Synced piece by piece, so that the journal's own syncs do not wait behind all of it. */
  private static final int PIECE_BYTES = 1 << 20;

  private static final String TEMPORARY = ".tmp";

  private final Disk disk;
  private final Path file;
  private final Path directory;
  private final Path temporary;
  private final long wantedBytes;
  private final long floorBytes;

  private volatile long bytes;

  /** Somebody needs the room now, or the process ends: making it again is given up. */
  private volatile boolean unwanted;

  private volatile boolean closed;

  private Reserve(Disk disk, Path file, long wantedBytes, long floorBytes) {
    this.disk = disk;
    this.file = file.toAbsolutePath();
    this.directory = Objects.requireNonNull(this.file.getParent(), "a file");
    this.temporary = directory.resolve(this.file.getFileName() + TEMPORARY);
    this.wantedBytes = wantedBytes;
    this.floorBytes = floorBytes;
  }

  /**
   * The reserve as it lies on the disk; changes nothing.
   *
   * @param wantedBytes how much it takes; 0 for none
   * @param floorBytes what must stay free on the volume when it is made
   */
  public static Reserve at(Disk disk, Path file, long wantedBytes, long floorBytes) {
    Reserve reserve = new Reserve(disk, file, wantedBytes, floorBytes);
    reserve.bytes = reserve.found();
    return reserve;
  }

  private long found() {
    try {
      if (!disk.list(directory).contains(file)) {
        return 0;
      }
      try (DiskFile open = disk.open(file)) {
        return open.size();
      }
    } catch (IOException e) {
      LOG.warn("cannot look at the reserve: file={} error={}", file, e.toString());
      return 0;
    }
  }

  /** What it takes when it is held. */
  public long wantedBytes() {
    return wantedBytes;
  }

  /** What it takes now. */
  public long bytes() {
    return bytes;
  }

  /** Whether all of it is there. */
  public boolean held() {
    return bytes == wantedBytes;
  }

  /**
   * Gives its room back. Nothing happens if it was given up already.
   *
   * @return whether there is more room than before
   */
  public boolean giveUp() {
    unwanted = true;
    synchronized (this) {
      unwanted = false;
      long before = bytes;
      delete(temporary);
      if (delete(file)) {
        bytes = 0;
      }
      syncDirectory();
      if (before > bytes) {
        LOG.warn("the disk is full: gave up the reserve: bytes={}", before);
      }
      return before > bytes;
    }
  }

  /**
   * Makes it again, or in the size that is wanted now, if the volume stays above its floor then.
   *
   * @return whether it is held
   */
  public synchronized boolean restore() {
    if (held() || closed) {
      return held();
    }
    try {
      discard();
      if (wantedBytes > 0 && fits(wantedBytes)) {
        write();
      }
    } catch (IOException e) {
      LOG.info("the reserve cannot be made now: error={}", e.toString());
      delete(temporary);
    }
    return held();
  }

  /** What a crash left half-written, and one of another size. */
  private void discard() throws IOException {
    disk.delete(temporary);
    disk.delete(file);
    bytes = 0;
    disk.syncDirectory(directory);
  }

  private boolean fits(long more) throws IOException {
    return disk.usableSpace(directory) - more >= floorBytes;
  }

  private void write() throws IOException {
    if (!fill()) {
      disk.delete(temporary);
      return;
    }
    disk.rename(temporary, file);
    bytes = wantedBytes;
    disk.syncDirectory(directory);
    LOG.info("made the reserve: bytes={}", bytes);
  }

  /** False if it is not wanted any more, or others took the room meanwhile. */
  private boolean fill() throws IOException {
    SplittableRandom random = new SplittableRandom();
    byte[] piece = new byte[(int) Math.min(PIECE_BYTES, wantedBytes)];
    try (DiskFile out = disk.create(temporary)) {
      for (long at = 0; at < wantedBytes; at += piece.length) {
        if (unwanted || closed || !fits(wantedBytes - at)) {
          return false;
        }
        random.nextBytes(piece);
        write(out, at, ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, wantedBytes - at)));
        out.force();
      }
      return true;
    }
  }

  private static void write(DiskFile out, long at, ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      out.write(piece, at + piece.position());
    }
  }

  private boolean delete(Path path) {
    try {
      disk.delete(path);
      return true;
    } catch (IOException e) {
      LOG.warn("cannot delete: file={} error={}", path, e.toString());
      return false;
    }
  }

  private void syncDirectory() {
    try {
      disk.syncDirectory(directory);
    } catch (IOException e) {
      LOG.warn("the room of the reserve may not be free yet: error={}", e.toString());
    }
  }

  /** Ends an attempt to make it, and makes none any more. The file stays as it is. */
  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      // Whoever was making it has ended.
    }
  }
}
