package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.report.LastReports;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The readings that are reported singly (L11): those that wait for a frame of the raw lane, and the
 * last one of every series, by which the next one is judged. Owned by the owner thread.
 */
final class Reports {
  LastReports last = new LastReports();
  final RawRows waiting = new RawRows();

  /** Readings that were ever reported. */
  long reported;

  /** Readings that were ever sent because somebody asked for them. */
  long fetched;

  void add(DecidedReading reading) {
    reported++;
    waiting.add(reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
    last.remember(
        reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
  }

  /**
   * The oldest were numbered.
   *
   * @param damaged whether some of them may never have been seen (J2)
   */
  void numbered(int rows, boolean damaged) {
    int known = damaged ? Math.min(rows, waiting.size()) : rows;
    waiting.drop(known);
    reported += rows - known;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(reported);
    out.writeLong(fetched);
    byte[] lastBytes = last.snapshot();
    out.writeInt(lastBytes.length);
    out.write(lastBytes);
    waiting.write(out);
  }

  void read(DataInput in) throws IOException {
    reported = in.readLong();
    fetched = in.readLong();
    byte[] lastBytes = new byte[in.readInt()];
    in.readFully(lastBytes);
    last = LastReports.restore(lastBytes);
    waiting.read(in);
  }
}
