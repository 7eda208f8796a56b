package io.edgeflow.lab.check;

/**
 * What came of trying one thing that a configuration names.
 *
 * @param ok whether it would work
 * @param what the setting and its value
 * @param detail what was found, and what to do about it
 */
record Finding(boolean ok, String what, String detail) {
  static Finding good(String what, String detail) {
    return new Finding(true, what, detail);
  }

  static Finding bad(String what, String detail) {
    return new Finding(false, what, detail);
  }
}
