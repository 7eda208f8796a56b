package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.capture.RejectReason;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * The edge's account of readings since its data directory was made (A6): received = accepted +
 * rejected + refused, and accepted = folded + duplicate + pending. Owned by the owner thread.
 */
final class ReadingCounts {
  long received;
  long accepted;
  long folded;
  long duplicate;
  long conflict;
  long unverifiable;
  long unstamped;
  private final Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
  private final Map<RejectReason, Long> refused = new EnumMap<>(RejectReason.class);

  void rejected(RejectReason reason) {
    received++;
    rejected.merge(reason, 1L, Long::sum);
  }

  /** Readings that were good but found a limit. */
  void refused(RejectReason reason, long readings) {
    received += readings;
    refused.merge(reason, readings, Long::sum);
  }

  Map<RejectReason, Long> rejected() {
    return Map.copyOf(rejected);
  }

  Map<RejectReason, Long> refused() {
    return Map.copyOf(refused);
  }

  void write(DataOutput out) throws IOException {
    for (long count :
        new long[] {received, accepted, folded, duplicate, conflict, unverifiable, unstamped}) {
      out.writeLong(count);
    }
    write(out, rejected);
    write(out, refused);
  }

  void read(DataInput in) throws IOException {
    received = in.readLong();
    accepted = in.readLong();
    folded = in.readLong();
    duplicate = in.readLong();
    conflict = in.readLong();
    unverifiable = in.readLong();
    unstamped = in.readLong();
    read(in, rejected);
    read(in, refused);
  }

  private static void write(DataOutput out, Map<RejectReason, Long> counts) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<RejectReason, Long> entry : counts.entrySet()) {
      out.writeUTF(entry.getKey().name());
      out.writeLong(entry.getValue());
    }
  }

  private static void read(DataInput in, Map<RejectReason, Long> counts) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(RejectReason.valueOf(in.readUTF()), in.readLong());
    }
  }
}
