package io.edgeflow.gateway.source;

/**
 * How a source is, at one moment.
 *
 * @param url without user and password
 * @param version that is spoken, or tried next: {@code 5} or {@code 3.1.1}
 * @param sinceNanos since when it is in that state, {@link System#nanoTime}
 * @param resumed whether the broker still had the session when the connection opened
 * @param held received and not acknowledged, because they are not safe yet
 * @param lastError why the last connection ended; empty if none did
 */
public record SourceStatus(
    String name,
    String url,
    State state,
    String version,
    long sinceNanos,
    boolean resumed,
    int held,
    String lastError,
    Counts counts) {
  /** Of the connection. */
  public enum State {
    CONNECTING("connecting"),
    CONNECTED("connected"),
    /** Until the next attempt. */
    WAITING("waiting"),
    CLOSED("closed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /**
   * Since the process started.
   *
   * @param received messages of any kind
   * @param acknowledged at QoS 1, when they were safe or none of ours
   * @param dropped of QoS 0, which found no room
   * @param retained old values that were not taken
   * @param unasked on topics that are not configured, or not for sources
   * @param failed could not be made safe; the broker sends them again
   * @param waited for room, before they were handed over
   * @param connections that were opened
   */
  public record Counts(
      long received,
      long acknowledged,
      long dropped,
      long retained,
      long unasked,
      long failed,
      long waited,
      long connections) {}
}
