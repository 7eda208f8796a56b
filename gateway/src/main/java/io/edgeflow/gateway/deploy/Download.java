package io.edgeflow.gateway.deploy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;

/** A bundle that is being fetched, on another thread. */
final class Download {
  private final String digest;
  private volatile boolean stopped;
  private volatile Progress progress = new Progress(0, 0);
  private final CompletableFuture<FetchOutcome> outcome = new CompletableFuture<>();

  /** Bytes. */
  record Progress(long done, long total) {}

  private Download(String digest) {
    this.digest = digest;
  }

  static Download begin(
      BundleSource bundles,
      String digest,
      ToLongFunction<String> floor,
      Executor executor,
      Runnable wake) {
    var download = new Download(digest);
    executor.execute(() -> download.run(bundles, floor));
    var _ = download.outcome.whenComplete((_, _) -> wake.run());
    return download;
  }

  private void run(BundleSource bundles, ToLongFunction<String> floor) {
    if (stopped) {
      outcome.complete(new FetchOutcome.Interrupted());
      return;
    }
    try {
      outcome.complete(
          bundles.fetch(
              digest, floor, (done, total) -> progress = new Progress(done, total), () -> stopped));
    } catch (RuntimeException | Error fault) {
      outcome.complete(new FetchOutcome.Unreachable("it failed: " + fault));
    }
  }

  String digest() {
    return digest;
  }

  Progress progress() {
    return progress;
  }

  boolean isDone() {
    return outcome.isDone();
  }

  FetchOutcome outcome() {
    return outcome.join();
  }

  void stop() {
    stopped = true;
  }
}
