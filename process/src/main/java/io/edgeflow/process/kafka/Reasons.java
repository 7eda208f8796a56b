package io.edgeflow.process.kafka;

/** Why something failed, in one line for people. */
final class Reasons {
  private Reasons() {}

  /** The innermost cause: what is around it says only that something failed. */
  static String of(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElse("");
  }
}
