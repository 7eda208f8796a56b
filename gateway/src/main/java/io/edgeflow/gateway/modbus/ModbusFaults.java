package io.edgeflow.gateway.modbus;

/** Where polls that made no reading are told, so that a person can see them. Any thread. */
@FunctionalInterface
public interface ModbusFaults {
  /**
   * @param detail what happened, for a person; holds addresses and codes, never register contents
   */
  void report(String device, Fault fault, String detail);

  /** Why a poll, or one value of it, made no reading. */
  enum Fault {
    EXCEPTION("modbus-exception"),
    WRONG_COUNT("modbus-wrong-count"),
    /** What came was no answer to what was asked. */
    WRONG_ANSWER("modbus-wrong-answer"),
    TIMED_OUT("modbus-timeout"),
    UNREACHABLE("modbus-unreachable"),
    /** A float that is no number, which is how many devices report a broken sensor. */
    NOT_A_NUMBER("not-a-number"),
    /** A number that its point cannot have. */
    OUT_OF_RANGE("out-of-range");

    private final String word;

    Fault(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }
}
