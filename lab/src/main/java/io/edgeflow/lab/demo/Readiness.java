package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Waits until a child says that it is ready, telling how far it is. */
final class Readiness {
  private static final long SLACK_MILLIS = 1_000;

  private final Documents documents;
  private final BooleanSupplier stopping;
  private final Consumer<String> progress;

  /**
   * @param stopping whether nobody waits any more
   */
  Readiness(Documents documents, BooleanSupplier stopping, Consumer<String> progress) {
    this.documents = documents;
    this.stopping = stopping;
    this.progress = progress;
  }

  /**
   * @param http the child's web server
   * @throws IOException if it ended or is not ready in time, with its last words
   */
  void await(DemoSystem.Member child, URI http, Duration limit)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    String told = "";
    while (true) {
      String state = state(http, child.launchedMillis());
      if (stopping.getAsBoolean()) {
        return;
      }
      if (!child.process().isAlive()) {
        throw new EndedEarly(
            child.name() + " ended while it started:\n" + child.process().lastWords());
      }
      if (state.isEmpty()) {
        progress.accept(child.name() + " is ready" + after(begun));
        return;
      }
      if (System.nanoTime() - begun > limit.toNanos()) {
        throw new IOException(
            child.name() + " is still not ready (" + state + "):\n" + child.process().lastWords());
      }
      if (!state.equals(told)) {
        progress.accept(child.name() + ": " + state);
        told = state;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Whether the answering process was started by us, not by somebody who was quicker. */
  private static boolean isYoung(JsonNode status, long launchedMillis) {
    long uptime = status.path("uptimeMillis").asLong(0);
    long started = status.path("startedAt").asLong(System.currentTimeMillis() - uptime);
    return started >= launchedMillis - SLACK_MILLIS;
  }

  private static String after(long begun) {
    return " (%.1f s)".formatted((System.nanoTime() - begun) / 1e9);
  }

  /** A child that ended; a port that was taken meanwhile is the usual reason. */
  static final class EndedEarly extends IOException {
    EndedEarly(String message) {
      super(message);
    }
  }

  /** Empty if it is ready. */
  private String state(URI http, long launchedMillis) throws InterruptedException {
    try {
      Documents.Document answer = documents.get(http.resolve("/ready"));
      if (answer.status() == 200) {
        return isYoung(documents.get(http.resolve("/api/v1/status")).body(), launchedMillis)
            ? ""
            : "somebody else answers";
      }
      String missing = answer.body().path("error").path("message").asText();
      return missing.isEmpty() ? "not ready yet" : missing;
    } catch (IOException notListening) {
      return "starting";
    }
  }
}
