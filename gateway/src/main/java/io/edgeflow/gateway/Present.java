package io.edgeflow.gateway;

import java.util.function.LongSupplier;

/**
 * The time of day for everything that shows or tells one, microseconds since the epoch: the wall
 * clock until the recorder is open, and then what the recorder believes. Any thread.
 */
final class Present implements LongSupplier {
  private volatile LongSupplier source;

  Present(LongSupplier wallMicros) {
    this.source = wallMicros;
  }

  void ask(LongSupplier believedMicros) {
    source = believedMicros;
  }

  @Override
  public long getAsLong() {
    return source.getAsLong();
  }
}
