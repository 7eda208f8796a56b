package io.edgeflow.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An edge process in this JVM that is asked over HTTP, as anybody would. */
final class RunningEdge implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Lifecycle parts = new Lifecycle("gateway");
  private final EdgeHttp http;

  /** Completes when the start has come to its end, well or badly. */
  final CompletableFuture<Void> started = new CompletableFuture<>();

  /** Begins to start it, and does not wait. */
  RunningEdge(EdgeSettings settings, Surroundings surroundings, String... more) throws Exception {
    http = new EdgeHttp(settings.httpPort);
    var loaded = settings.with(more);
    Thread.ofPlatform()
        .name("edge-start")
        .start(
            () -> {
              try {
                EdgeProcess.start(loaded, parts, surroundings);
                started.complete(null);
              } catch (Throwable failure) {
                started.completeExceptionally(failure);
              }
            });
  }

  RunningEdge awaitStarted() throws Exception {
    started.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return this;
  }

  EdgeHttp.Answer get(String path) throws IOException, InterruptedException {
    return http.get(path);
  }

  EdgeHttp.Answer post(String path, String body) throws IOException, InterruptedException {
    return http.post(path, body);
  }

  JsonNode status() throws IOException, InterruptedException {
    return http.status();
  }

  EdgeHttp.Answer await(String path, Predicate<EdgeHttp.Answer> wanted) throws Exception {
    return http.await(path, wanted);
  }

  @Override
  public void close() {
    parts.close();
    http.close();
  }
}
