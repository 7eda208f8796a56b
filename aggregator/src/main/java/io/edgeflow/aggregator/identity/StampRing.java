package io.edgeflow.aggregator.identity;

import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;

/** The stamps and values one series remembers, in the order of arrival. */
final class StampRing {
  private static final int MAX_ROOM = 1 << 28;

  /** Stamp and value bits alternate. */
  private long[] entries;

  private int room;
  private int oldest;
  private int size;

  /** Greatest stamp ever remembered: a greater one needs no search. */
  private long greatest = Long.MIN_VALUE;

  private long horizon = Long.MIN_VALUE;

  /** How many of the newest entries are in order of their stamps: there a search can stop early. */
  private int ordered;

  StampRing(int room) {
    this.room = room;
    this.entries = new long[2 * room];
  }

  int room() {
    return room;
  }

  boolean isFull() {
    return size == room;
  }

  Verdict judge(long stamp, long valueBits) {
    if (stamp > greatest) {
      return Verdict.FRESH;
    }
    boolean sameStamp = false;
    for (int age = 0; age < size; age++) {
      int at = 2 * slot(size - 1 - age);
      long remembered = entries[at];
      if (remembered == stamp) {
        if (entries[at + 1] == valueBits) {
          return Verdict.DUPLICATE;
        }
        sameStamp = true;
      } else if (remembered < stamp && age < ordered) {
        // Everything older in the ordered part is smaller still: go on behind it.
        age = ordered - 1;
      }
    }
    if (stamp <= horizon) {
      return Verdict.UNVERIFIABLE;
    }
    return sameStamp ? Verdict.CONFLICT : Verdict.FRESH;
  }

  /** Forgets the oldest if there is no room. */
  void add(long stamp, long valueBits) {
    if (size == room) {
      forgetOldest();
    }
    boolean inOrder = size == 0 || entries[2 * slot(size - 1)] <= stamp;
    ordered = inOrder ? ordered + 1 : 1;
    int at = 2 * slot(size);
    entries[at] = stamp;
    entries[at + 1] = valueBits;
    size++;
    greatest = Math.max(greatest, stamp);
  }

  private void forgetOldest() {
    horizon = Math.max(horizon, entries[2 * oldest]);
    oldest = oldest + 1 == room ? 0 : oldest + 1;
    size--;
    ordered = Math.min(ordered, size);
  }

  /** Forgets the oldest, as many as have no room any more. */
  void shrink(int newRoom) {
    while (size > newRoom) {
      forgetOldest();
    }
    moveTo(newRoom);
  }

  void grow(int newRoom) {
    moveTo(newRoom);
  }

  private void moveTo(int newRoom) {
    long[] grown = new long[2 * newRoom];
    int untilEnd = Math.min(size, room - oldest);
    System.arraycopy(entries, 2 * oldest, grown, 0, 2 * untilEnd);
    System.arraycopy(entries, 0, grown, 2 * untilEnd, 2 * (size - untilEnd));
    entries = grown;
    room = newRoom;
    oldest = 0;
  }

  void write(SnapshotWriter out) {
    out.number(room).number(horizon).number(greatest).number(size);
    long before = 0;
    for (int i = 0; i < size; i++) {
      int at = 2 * slot(i);
      out.number(entries[at] - before).bits(entries[at + 1]);
      before = entries[at];
    }
  }

  static StampRing read(SnapshotReader in) {
    int room = in.number(MAX_ROOM);
    long horizon = in.number();
    long greatest = in.number();
    int size = in.count();
    // A ring is at least half full or as small as they come: room is no claim to memory.
    if (room < 1 || size > room || room > Math.max(RecentStamps.FIRST_ROOM, 2 * size)) {
      throw new IllegalArgumentException(
          "snapshot of recent stamps has room " + room + " for " + size);
    }
    StampRing ring = new StampRing(room);
    long stamp = 0;
    for (int i = 0; i < size; i++) {
      stamp += in.number();
      ring.add(stamp, in.bits());
    }
    ring.horizon = horizon;
    ring.greatest = greatest;
    return ring;
  }

  private int slot(int index) {
    int slot = oldest + index;
    return slot >= room ? slot - room : slot;
  }
}
