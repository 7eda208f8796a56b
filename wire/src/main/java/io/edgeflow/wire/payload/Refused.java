package io.edgeflow.wire.payload;

/** The message as a whole makes no sense. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  final transient PayloadFault reason;

  Refused(PayloadFault reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }
}
