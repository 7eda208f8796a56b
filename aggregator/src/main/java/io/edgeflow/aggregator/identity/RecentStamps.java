package io.edgeflow.aggregator.identity;

import io.edgeflow.aggregator.reading.Values;
import io.edgeflow.aggregator.snapshot.Pieces;
import io.edgeflow.aggregator.snapshot.SnapshotReader;
import io.edgeflow.aggregator.snapshot.SnapshotWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the stamps and values of the readings that were accepted last, so that a resent reading
 * is recognised (I1, I2).
 *
 * <p>Per series the last {@code perSeries} accepted are remembered, by arrival. A series starts
 * with room for {@value #FIRST_ROOM} and doubles it when full, as long as all rooms together stay
 * within the global cap; then it forgets its oldest instead. The first room of a series is always
 * granted. The horizon of a series is the greatest stamp it has forgotten: nothing at or before it
 * can be called fresh any more.
 *
 * <p>Depends on the sequence of {@link #remember} alone. Series are small dense numbers, stamps are
 * the <em>sender's own</em>, in microseconds. One thread owns it.
 */
public final class RecentStamps {
  public static final int DEFAULT_PER_SERIES = 1024;
  public static final int DEFAULT_GLOBAL_CAP = 1 << 20;
  public static final int FIRST_ROOM = 8;

  /** The most that one remembered reading takes in a snapshot: a stamp's distance, and 8 bytes. */
  public static final int MOST_SNAPSHOT_BYTES = 18;

  private static final int VERSION = 1;

  /** More than any edge has; a damaged snapshot must not make anyone allocate more. */
  private static final int MAX_SERIES = 1 << 22;

  private final int perSeries;
  private int globalCap;
  private @Nullable StampRing[] rings = new @Nullable StampRing[64];
  private long rooms;

  /**
   * @param perSeries how many are remembered of one series, at least 1
   * @param globalCap how many of all series
   */
  public RecentStamps(int perSeries, int globalCap) {
    if (perSeries < 1 || globalCap < 0) {
      throw new IllegalArgumentException(
          "cannot remember " + perSeries + " stamps a series and " + globalCap + " in all");
    }
    this.perSeries = perSeries;
    this.globalCap = globalCap;
  }

  /** Judges without remembering: only what is accepted and journaled is remembered. */
  public Verdict judge(int series, long senderStampMicros, long valueBits) {
    StampRing ring = series < rings.length ? rings[series] : null;
    return ring == null ? Verdict.FRESH : ring.judge(senderStampMicros, valueBits);
  }

  /** Remembers an accepted reading; several values may share a stamp. */
  public void remember(int series, long senderStampMicros, long valueBits) {
    StampRing ring = series < rings.length ? rings[series] : null;
    if (ring == null) {
      ring = new StampRing(Math.min(FIRST_ROOM, perSeries));
      put(series, ring);
    } else if (ring.isFull()) {
      makeRoom(ring);
    }
    ring.add(senderStampMicros, valueBits);
  }

  /**
   * Remembers no more than so many of all series from now on. What is too much is forgotten at
   * once: the series that remember most forget their oldest half first, and none more than its
   * first room.
   */
  public void limit(int cap) {
    if (cap < 0) {
      throw new IllegalArgumentException("cannot remember " + cap + " stamps");
    }
    globalCap = cap;
    for (int largest = largestRoom();
        rooms > cap && largest > FIRST_ROOM;
        largest = largestRoom()) {
      halve(largest);
    }
  }

  private int largestRoom() {
    int largest = 0;
    for (StampRing ring : rings) {
      largest = ring == null ? largest : Math.max(largest, ring.room());
    }
    return largest;
  }

  private void halve(int room) {
    int half = Math.max(FIRST_ROOM, room / 2);
    for (StampRing ring : rings) {
      if (ring != null && ring.room() == room && rooms > globalCap) {
        ring.shrink(half);
        rooms -= room - half;
      }
    }
  }

  /** How many there is room for now, in all series together. */
  public long rooms() {
    return rooms;
  }

  /** The bits that stand for a number; equal for 0.0 and -0.0. */
  public static long bits(double value) {
    return Double.doubleToLongBits(Values.accepted(value));
  }

  /** 64 bits that stand for a text. */
  public static long bits(String text) {
    // Far from zero, so that no first character can cancel the length out.
    long hash = (text.length() + 1) * 0xD1B5_4A32_D192_ED03L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  public byte[] snapshot() {
    Pieces bytes = new Pieces();
    snapshot(bytes);
    return bytes.toBytes();
  }

  /** As the other one, without ever holding it as one array: it is the largest part of an edge. */
  public void snapshot(Pieces into) {
    SnapshotWriter out = new SnapshotWriter(VERSION, into);
    int held = 0;
    for (StampRing ring : rings) {
      held += ring == null ? 0 : 1;
    }
    out.number(held);
    for (int series = 0; series < rings.length; series++) {
      StampRing ring = rings[series];
      if (ring != null) {
        out.number(series);
        ring.write(out);
      }
    }
  }

  /**
   * What a memory was when it wrote the snapshot. With smaller limits than it had then, it forgets
   * nothing at once and grows no further.
   *
   * @throws IllegalArgumentException if the bytes are damaged or of another version
   */
  public static RecentStamps restore(int perSeries, int globalCap, byte[] snapshot) {
    SnapshotReader in = new SnapshotReader("recent stamps", VERSION, snapshot);
    RecentStamps stamps = new RecentStamps(perSeries, globalCap);
    int held = in.count();
    for (int i = 0; i < held; i++) {
      stamps.put(in.number(MAX_SERIES), StampRing.read(in));
    }
    in.end();
    return stamps;
  }

  private void makeRoom(StampRing ring) {
    int wanted = Math.min(ring.room() * 2, perSeries);
    int more = wanted - ring.room();
    if (more > 0 && rooms + more <= globalCap) {
      ring.grow(wanted);
      rooms += more;
    }
  }

  private void put(int series, StampRing ring) {
    if (series >= rings.length) {
      rings = Arrays.copyOf(rings, Math.max(series + 1, rings.length * 2));
    }
    rings[series] = ring;
    rooms += ring.room();
  }
}
