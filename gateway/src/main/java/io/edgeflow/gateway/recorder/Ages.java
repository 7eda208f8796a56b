package io.edgeflow.gateway.recorder;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long the edge ran, over all its starts, and what the time was by that clock when a file was
 * first seen complete. No wall clock takes part, so none that jumps makes anything old. Time while
 * nothing ran does not count. Survives restarts; owned by the owner thread.
 */
final class Ages {
  /** A file that is not written to any more. */
  sealed interface Home {
    long id();

    /** Of the journal. */
    record Segment(long id) implements Home {}

    /** Of the backlog. */
    record Sealed(long id) implements Home {}
  }

  private static final int SEGMENT = 0;
  private static final int SEALED = 1;

  private final Map<Home, Long> since = new HashMap<>();
  private long uptimeMicros;

  /** As far as it is in the journal. */
  long uptimeMicros() {
    return uptimeMicros;
  }

  /** These were first seen complete then. */
  void seen(long newUptimeMicros, Collection<? extends Home> homes) {
    uptimeMicros = newUptimeMicros;
    homes.forEach(home -> since.putIfAbsent(home, newUptimeMicros));
  }

  /** The uptime when it was first seen; empty if it was not. */
  OptionalLong since(Home home) {
    Long known = since.get(home);
    return known == null ? OptionalLong.empty() : OptionalLong.of(known);
  }

  boolean isEmpty() {
    return since.isEmpty();
  }

  /** What is gone needs no age. */
  void keepOnly(Collection<? extends Home> homes) {
    since.keySet().retainAll(homes);
  }

  void write(RecordWriter out) {
    out.varint(uptimeMicros).varint(since.size());
    since.forEach(
        (home, micros) -> {
          write(out, home);
          out.varint(micros);
        });
  }

  void read(RecordReader in) {
    uptimeMicros = in.varint();
    for (long left = in.varint(); left > 0; left--) {
      since.put(home(in), in.varint());
    }
  }

  static void write(RecordWriter out, Home home) {
    switch (home) {
      case Home.Segment segment -> out.u8(SEGMENT).varint(segment.id());
      case Home.Sealed sealed -> out.u8(SEALED).varint(sealed.id());
    }
  }

  static Home home(RecordReader in) {
    int kind = in.u8();
    long id = in.varint();
    return switch (kind) {
      case SEGMENT -> new Home.Segment(id);
      case SEALED -> new Home.Sealed(id);
      default -> throw new IllegalStateException("an age of an unknown kind of file: " + kind);
    };
  }
}
