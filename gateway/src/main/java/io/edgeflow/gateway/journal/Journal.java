package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.DirectoryInUse;
import io.edgeflow.gateway.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only log in a directory of its own. What it promises:
 *
 * <ul>
 *   <li>Records get consecutive numbers. A waiter is called after its record and all before it are
 *       synced, in order, once; never if that fails. What a waiter was called for is there after
 *       any crash or power cut, once.
 *   <li>While a sync stalls or fails nobody is called. The journal tries on, on new files, under
 *       the same numbers (J3).
 *   <li>Opening starts from the newest intact checkpoint. A torn tail is cut off; damage below the
 *       last position known as synced is set aside and reported, and everything that is not damaged
 *       is replayed (J2). No content of the directory keeps it from opening but another edge's name
 *       and another owner (J6).
 *   <li>Nothing is deleted but by {@link #delete}, and a file is never written again once it was
 *       given up.
 * </ul>
 *
 * <p>Threads: one owner appends and rolls; everything else is for any thread. A private thread
 * writes and syncs.
 */
public final class Journal implements AutoCloseable {
  /** The largest type an owner may use; those above are the journal's own. */
  public static final int MAX_TYPE = RecordFormat.MAX_TYPE;

  /** What a record takes on the disk besides its payload. */
  public static final int HEADER_BYTES = RecordFormat.HEADER_BYTES;

  /** The largest payload of a record; a checkpoint may be larger. */
  public static final int MAX_RECORD_BYTES = 1 << 24;

  /** How much may wait for a sync before {@link #hasRoom} says no. */
  public static final long ROOM_BYTES = 1 << 23;

  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

  private final JournalSettings settings;
  private final Segments segments;
  private final LogWriter writer;
  private final Intake intake;
  private final Syncer syncer;
  private final Thread thread;
  private final Closeable lock;
  private final long setAsideBytes;

  private Journal(
      JournalSettings settings,
      Segments segments,
      LogWriter writer,
      Intake intake,
      Closeable lock,
      long setAsideBytes) {
    this.settings = settings;
    this.segments = segments;
    this.writer = writer;
    this.intake = intake;
    this.lock = lock;
    this.setAsideBytes = setAsideBytes;
    this.syncer = new Syncer(intake, writer);
    this.thread = Thread.ofPlatform().name("journal-sync").daemon().unstarted(syncer);
  }

  /**
   * Takes the lock, replays what is there, and is ready to append.
   *
   * @throws DirectoryInUse if another process or journal has it open
   * @throws WrongEdge if it belongs to an edge of another name
   * @throws IOException if the directory cannot be read, or nothing can be synced in it
   */
  public static Journal open(JournalSettings settings, Disk disk, Replay replay)
      throws IOException {
    return open(settings, disk, replay, LastRoom.NONE);
  }

  /**
   * As {@link #open(JournalSettings, Disk, Replay)}.
   *
   * @param lastRoom is given up if the disk is too full to open the journal
   */
  public static Journal open(JournalSettings settings, Disk disk, Replay replay, LastRoom lastRoom)
      throws IOException {
    Path directory = settings.directory();
    disk.createDirectories(directory);
    Closeable lock = disk.lock(directory.resolve(SegmentFiles.LOCK));
    boolean opened = false;
    try {
      Journal journal = recover(settings, disk, replay, lastRoom, lock);
      journal.thread.start();
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static Journal recover(
      JournalSettings settings, Disk disk, Replay replay, LastRoom lastRoom, Closeable lock)
      throws IOException {
    Path directory = settings.directory();
    // What a killed process gave its name to just before is seen, and may not be there for good.
    disk.syncDirectory(directory);
    Inventory inventory = Inventory.take(disk, directory, settings.edge(), lastRoom);
    Quarantine quarantine = new Quarantine(disk, directory, settings.segmentBytes());
    Recovery.Recovered found = new Recovery(disk, inventory, replay, quarantine).run();
    Segments segments =
        new Segments(
            disk, directory, found.segments(), inventory.unread(), found.checkpointSegment());
    SegmentChain chain =
        new SegmentChain(
            disk,
            directory,
            settings.edge(),
            segments,
            found.nextId(),
            new SecureRandom()::nextLong);
    LogWriter writer = new LogWriter(chain, segments, found.lastNumber() - found.tail().size());
    TailRewrite.run(found, writer, replay, lastRoom);
    CommitSchedule schedule =
        new CommitSchedule(
            settings.commitInterval().toNanos(),
            settings.idleCommitInterval().toNanos(),
            System.nanoTime(),
            !found.tail().isEmpty());
    Intake intake = new Intake(schedule, found.lastNumber(), found.replayedBytes());
    return new Journal(settings, segments, writer, intake, lock, quarantine.bytes());
  }

  /**
   * Appends a record; owner only. Never blocks: while syncs stall, what is appended waits in
   * memory, so ask {@link #hasRoom} first.
   *
   * @param type 0 to {@link #MAX_TYPE}
   * @param payload is copied
   * @param waiter is called when the record is synced; see {@link #wantSync}
   * @return the record's number
   * @throws IllegalStateException if the journal is closed
   */
  public long append(int type, byte[] payload, int offset, int length, @Nullable Durable waiter) {
    if (type < 0 || type > MAX_TYPE) {
      throw new IllegalArgumentException("type " + type + " is not in 0.." + MAX_TYPE);
    }
    Objects.checkFromIndexSize(offset, length, payload.length);
    if (length > MAX_RECORD_BYTES) {
      throw new IllegalArgumentException("a record of " + length + " bytes is too large");
    }
    return intake.append(type, payload, offset, length, waiter);
  }

  /**
   * Somebody waits for what was appended so far: it is synced as soon as the last sync has ended
   * and at least one commit interval after that began. Without this call it is synced one idle
   * interval after it was appended.
   */
  public void wantSync() {
    intake.want();
  }

  /**
   * As {@link #wantSync}, without waiting for the commit interval: for what holds up more than its
   * own sender, such as a roll or a stop.
   */
  public void wantSyncNow() {
    intake.hurry();
  }

  /** Whether little enough waits for a sync that the owner should go on appending. */
  public boolean hasRoom() {
    return intake.unsyncedBytes() < ROOM_BYTES;
  }

  /** The number of the last record appended; 0 before the first one. */
  public long lastNumber() {
    return intake.lastNumber();
  }

  /** Everything up to this number survives a power cut. Rises before the waiters are called. */
  public long syncedNumber() {
    return writer.syncedNumber();
  }

  public long unsyncedBytes() {
    return intake.unsyncedBytes();
  }

  /** What {@link #bytes} will be more by when everything is synced: checkpoints included. */
  public long waitingBytes() {
    return intake.waitingBytes();
  }

  /** Whether so much was appended since the last checkpoint that the owner should {@link #roll}. */
  public boolean wantsRoll() {
    return intake.bytesSinceCheckpoint() >= settings.segmentBytes();
  }

  /** What a new checkpoint would make superfluous, apart from what is still needed of it. */
  public long bytesSinceCheckpoint() {
    return intake.bytesSinceCheckpoint();
  }

  /**
   * Begins a new segment with a checkpoint; owner only, never blocks, takes no number. The next
   * recovery starts from the newest checkpoint that was synced, so it must hold the effect of every
   * record before it. A record's position is known only once its waiter was called: a checkpoint
   * that must name positions is best taken when none is awaited.
   *
   * @param checkpoint in pieces, which must not be changed afterwards
   */
  public void roll(List<byte[]> checkpoint) {
    intake.roll(Checkpoint.of(checkpoint));
  }

  /** As the other one, of one piece. */
  public void roll(byte[] checkpoint) {
    roll(List.of(checkpoint));
  }

  /** What all segments take together. Never blocks. */
  public long bytes() {
    return segments.bytes();
  }

  /**
   * What damaged bytes take that were set aside for inspection: as much as one segment at most,
   * unless the newest of them alone is more.
   */
  public long setAsideBytes() {
    return setAsideBytes;
  }

  /** Oldest first; blocks for the disk. */
  public List<SegmentInfo> segments() {
    return segments.list();
  }

  /**
   * Deletes a segment's file; blocks for the disk. Positions in it cannot be read any more.
   *
   * @return false, and nothing was done, if it is still written or not older than the newest synced
   *     checkpoint, if it is not there, or if the disk refused
   */
  public boolean delete(long segment) {
    return segments.delete(segment);
  }

  /** Whether this segment is not there, and not because the disk could not read it now. */
  public boolean isGone(long segment) {
    return segments.isGone(segment);
  }

  /**
   * The payload of a synced record; blocks for the disk.
   *
   * @throws RecordLost if its segment was deleted, or the bytes are damaged
   * @throws IOException if the disk does not give them now
   */
  public byte[] read(LogPosition position) throws IOException {
    return segments.read(position);
  }

  /**
   * Shows the visitor every intact record of a segment, as far as it is synced; blocks for the
   * disk. Whoever deletes the segment meanwhile is not disturbed, and the visitor sees it to its
   * end.
   *
   * @throws IOException if the segment is not there any more, or cannot be opened
   */
  public void scan(long segment, RecordVisitor visitor) throws IOException {
    segments.scan(segment, visitor);
  }

  public JournalHealth health() {
    return syncer.health();
  }

  /** Syncs that failed since the start: a disk that fails now and then may look well in between. */
  public long failures() {
    return syncer.failures();
  }

  /** Sets who is told of every sync; replaces the former one. */
  public void observe(SyncObserver observer) {
    writer.observe(observer);
  }

  /**
   * Syncs what was appended, calls its waiters, and writes a marker that nothing is missing. Gives
   * up after 3 s if the disk does not answer, or at once if it refuses; nothing that was not synced
   * has been acknowledged then.
   */
  @Override
  public void close() {
    intake.close();
    if (Thread.currentThread().equals(thread) || !ended()) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock ends with the process: error={}", e.toString());
    }
  }

  /** While the thread lives it may still write, so the lock is kept until the process ends. */
  private boolean ended() {
    try {
      if (!thread.join(CLOSE_WAIT)) {
        LOG.error("closed while a sync stalls: nobody who waited for it was told that it ended");
        return false;
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
