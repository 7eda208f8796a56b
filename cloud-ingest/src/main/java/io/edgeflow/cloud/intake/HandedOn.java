package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.HandedFrame;
import io.edgeflow.cloud.store.WriterLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Frames of edges connected here that were handed on to other processes and are not judged yet, as
 * far as this one knows: their names, not their bytes. Bounded in number and bytes; what comes
 * beyond is turned away. Thread-safe; nobody waits here.
 */
final class HandedOn {
  /** Nobody sends it any more. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private static final int MOST_FRAMES = 50_000;

  /** Of frames on their way whose time is that of the way, not that of the work. */
  private static final long LIGHT_BYTES = 64L << 10;

  /** What becomes of a frame that came in. */
  enum Admission {
    NEW,
    /** It is on its way; it is answered when it is judged. */
    UNDER_WAY,
    NO_ROOM
  }

  private record Entry(int bytes, long sinceNanos) {}

  private final LongSupplier nanos;
  private final long againNanos;
  private final long boundBytes;

  // Guarded by this. The entries of an edge are in the order of their times.
  private final Map<String, SequencedMap<HandedFrame, Entry>> edges = new HashMap<>();
  private int frames;
  private long bytes;
  private long slowestNanos;
  private long lightNanos;

  /**
   * @param nanos a monotonic clock
   * @param again see {@link SharedIntake}
   */
  HandedOn(LongSupplier nanos, Duration again, long boundBytes) {
    this.nanos = nanos;
    this.againNanos = again.toNanos();
    this.boundBytes = boundBytes;
  }

  synchronized Admission admit(HandedFrame frame, int size) {
    SequencedMap<HandedFrame, Entry> own = edges.get(frame.edge());
    Entry known = own == null ? null : own.get(frame);
    if (known != null && nanos.getAsLong() - known.sinceNanos() < againNanos) {
      return Admission.UNDER_WAY;
    }
    if (known != null) {
      remove(frame);
    }
    if (frames >= MOST_FRAMES || bytes + size > boundBytes) {
      return Admission.NO_ROOM;
    }
    edges
        .computeIfAbsent(frame.edge(), _ -> new LinkedHashMap<>())
        .put(frame, new Entry(size, nanos.getAsLong()));
    frames++;
    bytes += size;
    return Admission.NEW;
  }

  /** It did not get on its way, or is judged by nobody. */
  synchronized void discard(HandedFrame frame) {
    var _ = remove(frame);
  }

  /** It is judged; false if it was not waited for. */
  synchronized boolean judged(HandedFrame frame) {
    boolean light = bytes <= LIGHT_BYTES;
    Entry entry = remove(frame);
    if (entry == null) {
      return false;
    }
    long took = nanos.getAsLong() - entry.sinceNanos();
    if (took < againNanos) {
      slowestNanos = Math.max(slowestNanos, took);
      lightNanos = light ? took : lightNanos;
    }
    return true;
  }

  private @Nullable Entry remove(HandedFrame frame) {
    SequencedMap<HandedFrame, Entry> own = edges.get(frame.edge());
    Entry entry = own == null ? null : own.remove(frame);
    if (own != null && entry != null) {
      frames--;
      bytes -= entry.bytes();
      if (own.isEmpty()) {
        edges.remove(frame.edge());
      }
    }
    return entry;
  }

  /** What waits of these edges, in as many pieces as one look into the ledger should take. */
  synchronized List<HandedFrame> waiting(Collection<String> of) {
    List<HandedFrame> waiting = new ArrayList<>();
    for (String edge : of) {
      SequencedMap<HandedFrame, Entry> own = edges.get(edge);
      if (own != null) {
        waiting.addAll(own.keySet());
      }
    }
    return waiting;
  }

  /** The edges of which something waits for so long at least. */
  synchronized Set<String> edges(Duration age) {
    long now = nanos.getAsLong();
    Set<String> found = new HashSet<>();
    edges.forEach(
        (edge, own) -> {
          if (now - own.firstEntry().getValue().sinceNanos() >= age.toNanos()) {
            found.add(edge);
          }
        });
    return found;
  }

  /** Forgets what nobody can be waiting for. */
  synchronized void tidy() {
    long now = nanos.getAsLong();
    Iterator<SequencedMap<HandedFrame, Entry>> all = edges.values().iterator();
    while (all.hasNext()) {
      SequencedMap<HandedFrame, Entry> own = all.next();
      while (!own.isEmpty()
          && now - own.firstEntry().getValue().sinceNanos() > FORGOTTEN.toNanos()) {
        bytes -= own.pollFirstEntry().getValue().bytes();
        frames--;
      }
      if (own.isEmpty()) {
        all.remove();
      }
    }
  }

  /**
   * How far behind those are who store. What may be lost does not count as waiting: else one frame
   * that nobody finds would keep all others away.
   */
  synchronized WriterLoad load(boolean healthy) {
    long now = nanos.getAsLong();
    long wait = 0;
    for (SequencedMap<HandedFrame, Entry> own : edges.values()) {
      long age = now - own.firstEntry().getValue().sinceNanos();
      wait = age < againNanos ? Math.max(wait, age) : wait;
    }
    WriterLoad load = new WriterLoad(healthy, bytes, boundBytes, wait, slowestNanos, lightNanos);
    slowestNanos = 0;
    return load;
  }

  synchronized int size() {
    return frames;
  }
}
