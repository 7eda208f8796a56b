package io.edgeflow.lab.slaves;

/** A unit answers with a Modbus exception. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** No such function. */
  public static final int FUNCTION = 1;

  /** No such address. */
  public static final int ADDRESS = 2;

  /** No such value, or so many at once. */
  public static final int VALUE = 3;

  private final int code;

  /**
   * @param code what the answer says, 1..255
   */
  public RefusedException(int code) {
    super("exception " + code, null, false, false);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
