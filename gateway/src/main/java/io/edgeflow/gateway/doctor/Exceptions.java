package io.edgeflow.gateway.doctor;

/** What the exceptions of the protocol mean. */
final class Exceptions {
  static final int FUNCTION = 1;
  static final int ADDRESS = 2;
  static final int VALUE = 3;

  /** A gateway has no way to the unit, or the unit did not answer it. */
  private static final int NO_PATH = 10;

  private static final int NO_TARGET = 11;

  private Exceptions() {}

  /** Whether it is a gateway that answers, for a unit that did not. */
  static boolean isOfGateway(int code) {
    return code == NO_PATH || code == NO_TARGET;
  }

  /** The number, and what it says. */
  static String words(int code) {
    String meaning =
        switch (code) {
          case FUNCTION -> "no such function";
          case ADDRESS -> "no such address";
          case VALUE -> "not so many, or no such value";
          case 4 -> "device failure";
          case 5 -> "it needs longer";
          case 6 -> "busy";
          case NO_PATH -> "gateway: no path to the unit";
          case NO_TARGET -> "gateway: the unit does not answer";
          default -> "not in the protocol";
        };
    return "exception " + code + " (" + meaning + ")";
  }
}
