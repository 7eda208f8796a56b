package io.edgeflow.process.cli;

import java.io.IOException;

/** A gateway does not do what it was asked for; the message is its own. */
public final class GatewayRefused extends IOException {
  private static final long serialVersionUID = 1;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final int status;

  GatewayRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The question was wrong, and would be wrong the next time. */
  public boolean wrongQuestion() {
    return status == BAD_REQUEST;
  }

  /** What was asked about is not there. */
  public boolean notFound() {
    return status == NOT_FOUND;
  }
}
