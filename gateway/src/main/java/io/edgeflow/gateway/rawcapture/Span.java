package io.edgeflow.gateway.rawcapture;

/** How much before and after an alarm is wanted. */
public record Span(long beforeMicros, long afterMicros) {
  public static final Span NONE = new Span(0, 0);
  public static final Span STANDARD = new Span(300_000_000, 300_000_000);

  public boolean isNone() {
    return beforeMicros <= 0 && afterMicros <= 0;
  }
}
