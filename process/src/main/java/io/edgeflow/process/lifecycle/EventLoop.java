package io.edgeflow.process.lifecycle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Vert.x for a small machine: few threads, and no files of its own. */
public final class EventLoop {
  /** For what ends: a process has five seconds for all of it. */
  public static final Duration ENDING = Duration.ofSeconds(3);

  private EventLoop() {}

  /**
   * @param threads that run timers and sockets and must never block; 1 or 2
   */
  public static Vertx start(int threads) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(threads)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(2)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /** Ends its threads; call it from none of them. */
  public static void close(Vertx vertx) throws IOException {
    await(vertx.close(), ENDING, "the event loop did not end");
  }

  /**
   * Waits for what the event loop does; never call it there.
   *
   * @throws IOException with that message if it failed, took too long or the wait was interrupted
   */
  public static void await(Future<?> future, Duration patience, String otherwise)
      throws IOException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(otherwise, stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new IOException(otherwise, failed.getCause() == null ? failed : failed.getCause());
    }
  }
}
