package io.edgeflow.process.cli;

import java.io.IOException;

/** A cloud understood what it was asked for, and does not do it. Its message is for people. */
public final class CloudRefused extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  CloudRefused(String message, int status, String code) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  /** The word for it: {@code not-found}. */
  public String code() {
    return code;
  }
}
