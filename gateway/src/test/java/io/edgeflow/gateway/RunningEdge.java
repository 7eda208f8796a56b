package io.edgeflow.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An edge process in this JVM that is asked over HTTP, as anybody would. */
final class RunningEdge implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Lifecycle parts = new Lifecycle("gateway");
  private final HttpClient client = HttpClient.newHttpClient();
  private final int httpPort;

  /** Completes when the start has come to its end, well or badly. */
  final CompletableFuture<Void> started = new CompletableFuture<>();

  /** Begins to start it, and does not wait. */
  RunningEdge(EdgeSettings settings, Surroundings surroundings, String... more) throws Exception {
    httpPort = settings.httpPort;
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

  /** Status and body of an answer. */
  record Answer(int status, String body) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(body);
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + path);
    var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  JsonNode status() throws IOException, InterruptedException {
    return get("/api/v1/status").json();
  }

  /** Asks until the answer is as wanted. */
  Answer await(String path, Predicate<Answer> wanted) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Answer last = new Answer(0, "nobody listens");
    while (System.nanoTime() < deadline) {
      try {
        last = get(path);
        if (wanted.test(last)) {
          return last;
        }
      } catch (ConnectException notYet) {
        // The web server is not there yet.
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError(path + " still answers " + last);
  }

  @Override
  public void close() {
    parts.close();
    client.close();
  }
}
