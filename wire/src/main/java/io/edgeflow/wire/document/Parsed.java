package io.edgeflow.wire.document;

/** What became of bytes that claim to be a document. */
public sealed interface Parsed<T> {
  record Ok<T>(T document) implements Parsed<T> {}

  /**
   * @param reason for a log or a person; never holds the payload
   */
  record Refused<T>(String reason) implements Parsed<T> {}
}
