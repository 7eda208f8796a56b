package io.edgeflow.process.lifecycle;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** Vert.x for a small machine: few threads, and no files of its own. */
public final class EventLoop {
  private static final int CLOSE_SECONDS = 3;

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
  public static void close(Vertx vertx) throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
