package io.edgeflow.wire.frame;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened.
 *
 * @param type a word of a fixed vocabulary, {@code gap}
 * @param series the path of the series it is about; empty where it is about none
 * @param message one sentence for a person
 * @param detail facts for a program
 */
public record EventRow(
    long timeMicros,
    EventSeverity severity,
    String type,
    String series,
    String message,
    SortedMap<String, String> detail) {
  public EventRow {
    detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
  }
}
