package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.rawcapture.Place;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Readings that were found in the journal, and where each lies, in the order of the log. Owned by
 * one thread at a time.
 */
final class FoundRows {
  private final RawRows rows = new RawRows();
  private long[] records = new long[256];
  private int[] readings = new int[256];
  private boolean[] reported = new boolean[256];
  private int from;

  /**
   * @param record the number of the record that holds it
   * @param index which one of that record it is
   */
  void add(DecidedReading reading, long record, int index) {
    int at = from + rows.size();
    if (at == records.length) {
      records = Arrays.copyOf(records, 2 * at);
      readings = Arrays.copyOf(readings, 2 * at);
      reported = Arrays.copyOf(reported, 2 * at);
    }
    records[at] = record;
    readings[at] = index;
    reported[at] = reading.reported;
    rows.add(reading.series, reading.eventMicros, reading.number, reading.text, reading.quality);
  }

  private void add(FoundRows other, int row) {
    DecidedReading one = new DecidedReading();
    one.series = other.rows.series(row);
    one.eventMicros = other.rows.micros(row);
    one.number = other.rows.number(row);
    one.text = other.rows.text(row);
    one.quality = other.rows.quality(row);
    one.reported = other.reported(row);
    add(one, other.record(row), other.reading(row));
  }

  RawRows rows() {
    return rows;
  }

  int size() {
    return rows.size();
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  boolean isFull(int most) {
    return rows.size() >= most || rows.textChars() >= RawFramer.TEXT_CHARS;
  }

  long record(int row) {
    return records[from + row];
  }

  int reading(int row) {
    return readings[from + row];
  }

  /** A report policy sent it. */
  boolean reported(int row) {
    return reported[from + row];
  }

  /** Right behind a row. */
  Place behind(int row) {
    return new Place(record(row), reading(row) + 1);
  }

  void drop(int count) {
    rows.drop(count);
    from = rows.isEmpty() ? 0 : from + count;
  }

  /** Those that are wanted; this one is empty then. */
  FoundRows take(IntPredicate wanted) {
    FoundRows taken = new FoundRows();
    for (int row = 0; row < size(); row++) {
      if (wanted.test(row)) {
        taken.add(this, row);
      }
    }
    drop(size());
    return taken;
  }
}
