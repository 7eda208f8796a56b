package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.learn.UnmappedTopics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/** The last rejected inputs, kept for inspection. Thread-safe: pollers report here too. */
public final class RejectLog {
  private static final int KEPT = 100;
  private static final int SHOWN_BYTES = 120;
  private static final int SHOWN_CHARS = 200;

  /**
   * One rejected input.
   *
   * @param source the topic, or the device that was polled
   * @param start the first bytes of the payload as text, control characters shown as dots
   * @param bytes the length of the whole payload
   */
  public record Rejected(
      long timeMicros,
      RejectReason reason,
      String source,
      String detail,
      String start,
      int bytes) {}

  private final LongSupplier wallMicros;
  private final UnmappedTopics unmapped;
  private final Deque<Rejected> last = new ArrayDeque<>();

  /** As the other one, where nobody wants to know which topics nothing maps. */
  public RejectLog(LongSupplier wallMicros) {
    this(wallMicros, new UnmappedTopics(wallMicros));
  }

  /**
   * @param unmapped hears of topics that no mapping takes
   */
  public RejectLog(LongSupplier wallMicros, UnmappedTopics unmapped) {
    this.wallMicros = wallMicros;
    this.unmapped = unmapped;
  }

  public void add(RejectReason reason, String source, byte[] payload, String detail) {
    if (reason == RejectReason.NO_MAPPING) {
      unmapped.note(source, payload);
    }
    Rejected rejected =
        new Rejected(
            wallMicros.getAsLong(),
            reason,
            printable(source),
            printable(detail),
            start(payload),
            payload.length);
    synchronized (last) {
      last.addFirst(rejected);
      if (last.size() > KEPT) {
        last.removeLast();
      }
    }
  }

  /** Newest first. */
  public List<Rejected> last() {
    synchronized (last) {
      return List.copyOf(last);
    }
  }

  private static String start(byte[] payload) {
    byte[] first = Arrays.copyOf(payload, Math.min(payload.length, SHOWN_BYTES));
    return printable(new String(first, StandardCharsets.UTF_8));
  }

  private static String printable(String text) {
    String shown = text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…";
    return shown.replaceAll("\\p{Cntrl}", "·");
  }
}
