package io.edgeflow.wire.frame;

/** Content breaks the format; caught where decoding began, so that it never travels. */
final class ContentFault extends Exception {
  ContentFault(String message) {
    // Without a stack trace: hostile input must not be expensive to refuse.
    super(message, null, false, false);
  }
}
