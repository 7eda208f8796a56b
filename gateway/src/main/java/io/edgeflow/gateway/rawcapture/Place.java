package io.edgeflow.gateway.rawcapture;

/**
 * A place in the log, between two readings.
 *
 * @param record the number of the record that holds the reading behind it
 * @param reading which one of that record it is, from 0 on
 */
public record Place(long record, int reading) implements Comparable<Place> {
  public static final Place START = new Place(0, 0);

  /** Whether a reading lies before it. */
  public boolean isBehind(long ofRecord, int ofReading) {
    return ofRecord < record || (ofRecord == record && ofReading < reading);
  }

  @Override
  public int compareTo(Place other) {
    int byRecord = Long.compare(record, other.record);
    return byRecord != 0 ? byRecord : Integer.compare(reading, other.reading);
  }
}
