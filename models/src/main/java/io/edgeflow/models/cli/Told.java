package io.edgeflow.models.cli;

import io.edgeflow.models.cloud.Progress;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** Says how far long work is, every few seconds; what takes no time says nothing. */
final class Told implements Progress {
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final PrintWriter err;
  private long lastNanos = System.nanoTime();

  Told(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void told(String words) {
    long now = System.nanoTime();
    if (now - lastNanos >= APART_NANOS) {
      lastNanos = now;
      warned(words);
    }
  }

  @Override
  public void warned(String words) {
    err.println(words);
    err.flush();
  }
}
