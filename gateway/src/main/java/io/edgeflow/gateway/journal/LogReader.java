package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.journal.SegmentScanner.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads segments one after the other and tells a torn tail from damage (J2). A record is passed on
 * once something behind it proves that it was synced; what nothing proves is the tail.
 */
final class LogReader {
  /** A record or checkpoint that was read. */
  record Item(int type, long number, Payload payload, LogPosition position) {}

  /** Bytes that nobody changes. */
  static final class Payload {
    private final byte[] bytes;

    private Payload(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  private final Disk disk;
  private final Replay replay;
  private final Quarantine quarantine;
  private final ArrayDeque<Item> unproven = new ArrayDeque<>();

  /** The number of the next record. */
  private long expected;

  private long replayedBytes;
  private long tornBytes;
  private boolean endsInMarker = true;

  /** Whose checkpoint recovery starts from, if there is one. */
  private @Nullable Long startSegment;

  LogReader(Disk disk, Replay replay, Quarantine quarantine, long firstNumber) {
    this.disk = disk;
    this.replay = replay;
    this.quarantine = quarantine;
    this.expected = firstNumber;
  }

  /**
   * @param limit the number from which on later segments hold the truth; MAX_VALUE for the last one
   * @param complete whether nothing between this segment and the one that begins with the limit is
   *     unreadable, so that all below the limit must be here
   */
  void read(Inventory.Found segment, SegmentHeader header, long limit, boolean complete)
      throws IOException {
    endsInMarker = false;
    try (SegmentScanner in = new SegmentScanner(disk.open(segment.file()), header.key())) {
      long end = records(in, segment, limit, complete);
      if (limit == Long.MAX_VALUE) {
        tornBytes = in.size() - end;
        endsInMarker &= tornBytes == 0;
        return;
      }
      if (complete && expected < limit) {
        damaged(segment, end, in.size(), limit);
      }
    }
    passOn(Long.MAX_VALUE);
  }

  /** Returns where the last intact record ends. */
  private long records(SegmentScanner in, Inventory.Found segment, long limit, boolean complete)
      throws IOException {
    long at = SegmentHeader.BYTES;
    long proof = -1;
    while (expected < limit) {
      Entry entry = in.at(at);
      if (entry == null) {
        if (proof < 0) {
          proof = complete ? Long.MAX_VALUE : in.proof(at);
        }
        entry = proof > at ? in.next(at + 1) : null;
      }
      if (entry == null || beyond(entry, limit)) {
        break;
      }
      if (entry.offset() > at || numberImpliedBy(entry) > expected) {
        damaged(segment, at, entry.offset(), numberImpliedBy(entry));
      }
      accept(in, entry);
      at = entry.end();
    }
    return at;
  }

  private static boolean beyond(Entry entry, long limit) {
    return isOwners(entry) ? entry.number() >= limit : entry.number() + 1 > limit;
  }

  private static boolean isOwners(Entry entry) {
    return entry.type() <= RecordFormat.MAX_TYPE;
  }

  /** The number that must have been next when this was written. */
  private static long numberImpliedBy(Entry entry) {
    return isOwners(entry) ? entry.number() : entry.number() + 1;
  }

  private void accept(SegmentScanner in, Entry entry) throws IOException {
    endsInMarker = RecordFormat.isMarker(entry.type());
    if (RecordFormat.isCommit(entry.type())) {
      passOn(in.syncedBefore(entry));
    } else if (entry.type() == RecordFormat.CHECKPOINT) {
      checkpoint(in, entry);
    } else if (entry.number() == expected) {
      unproven.add(item(in, entry));
      expected++;
      replayedBytes += RecordFormat.HEADER_BYTES + entry.length();
    }
  }

  void startAtCheckpoint(long segment) {
    startSegment = segment;
  }

  private void checkpoint(SegmentScanner in, Entry entry) throws IOException {
    if (startSegment != null && startSegment == in.segment()) {
      unproven.add(item(in, entry));
    }
  }

  private static Item item(SegmentScanner in, Entry entry) throws IOException {
    LogPosition position = new LogPosition(in.segment(), entry.offset(), entry.length());
    return new Item(entry.type(), entry.number(), new Payload(in.payload(entry)), position);
  }

  private void passOn(long syncedBefore) {
    while (!unproven.isEmpty() && unproven.getFirst().position().offset() < syncedBefore) {
      pass(unproven.removeFirst());
    }
  }

  private void pass(Item item) {
    if (item.type() == RecordFormat.CHECKPOINT) {
      replay.checkpoint(item.payload().bytes());
    } else {
      replay.record(item.number(), item.type(), item.payload().bytes(), item.position());
    }
  }

  /** A file without a header: lost below the limit, a torn creation at the end. */
  void unreadable(Inventory.Found file, long limit) {
    if (limit == Long.MAX_VALUE) {
      tornBytes += file.size();
      endsInMarker = false;
    } else if (expected < limit) {
      damaged(file, 0, file.size(), limit);
    }
  }

  /** Reports a stretch and goes on with the number behind it. */
  private void damaged(Inventory.Found file, long from, long to, long nextNumber) {
    passOn(Long.MAX_VALUE);
    quarantine.copy(file, from, to);
    replay.damage(new Damage(file.id(), from, to, expected, nextNumber - 1));
    expected = Math.max(expected, nextNumber);
  }

  /** What nothing proves to be synced, in order. */
  List<Item> tail() {
    return new ArrayList<>(unproven);
  }

  long expected() {
    return expected;
  }

  long replayedBytes() {
    return replayedBytes;
  }

  long tornBytes() {
    return tornBytes;
  }

  boolean endsInMarker() {
    return endsInMarker;
  }
}
