package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.journal.SegmentScanner.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads segments one after the other and tells a torn tail from damage (J2). A record is passed on
 * once something behind it proves that it was synced; what nothing proves is the tail.
 */
final class LogReader {
  /** A record that was read. */
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
      long end = records(in, segment, limit, complete ? Long.MAX_VALUE : header.syncedBytes());
      passOn(header.syncedBytes());
      if (limit == Long.MAX_VALUE) {
        ends(segment, header, end);
        return;
      }
      if (complete && expected < limit) {
        damaged(segment, end, in.size(), limit);
      }
    }
    passOn(Long.MAX_VALUE);
  }

  /**
   * The last segment ends with the last intact record; what it must hold behind that is damaged.
   */
  private void ends(Inventory.Found segment, SegmentHeader header, long end) {
    long size = segment.size();
    if (end < header.syncedBytes()) {
      long to = Math.max(end, Math.min(size, header.syncedBytes()));
      damaged(segment, end, to, header.syncedNumber() + 1);
    }
    tornBytes = size - Math.min(size, Math.max(end, header.syncedBytes()));
    endsInMarker &= tornBytes == 0;
  }

  /** Returns where the last intact record ends. */
  private long records(SegmentScanner in, Inventory.Found segment, long limit, long knownSynced)
      throws IOException {
    long at = SegmentHeader.BYTES;
    long proof = -1;
    while (expected < limit) {
      Entry entry = in.at(at);
      if (entry == null) {
        if (proof < 0) {
          proof = knownSynced == Long.MAX_VALUE ? knownSynced : in.proof(at);
          proof = Math.max(proof, knownSynced);
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
    } else if (isOwners(entry) && entry.number() == expected) {
      unproven.add(item(in, entry));
      expected++;
      replayedBytes += RecordFormat.HEADER_BYTES + entry.length();
    }
  }

  private static Item item(SegmentScanner in, Entry entry) throws IOException {
    LogPosition position = new LogPosition(in.segment(), entry.offset(), entry.length());
    return new Item(entry.type(), entry.number(), new Payload(in.payload(entry)), position);
  }

  private void passOn(long syncedBefore) {
    while (!unproven.isEmpty() && unproven.getFirst().position().offset() < syncedBefore) {
      Item item = unproven.removeFirst();
      replay.record(item.number(), item.type(), item.payload().bytes(), item.position());
    }
  }

  /** A file without a header: nobody knows what was in it but by what is missing behind it. */
  void unreadable(Inventory.Found file, long limit) {
    endsInMarker = false;
    if (file.size() > 0 || expected < limit) {
      damaged(file, 0, file.size(), limit == Long.MAX_VALUE ? expected : limit);
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
