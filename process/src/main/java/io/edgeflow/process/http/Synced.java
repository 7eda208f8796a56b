package io.edgeflow.process.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for an answer that comes when a disk has taken something. */
public final class Synced {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int UNAVAILABLE = 503;

  private Synced() {}

  /** The answer, or 503 if the disk takes its time; blocks for 5 s at most. */
  public static <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException {
    try {
      return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      throw new HttpRefusal(
          UNAVAILABLE,
          "busy",
          "the disk has not taken it yet; ask what became of it, or say it again");
    }
  }
}
