package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The long answers that are being sent. They are made beside the short ones, by threads of their
 * own, and a client gets only some at once. Thread-safe.
 */
final class Flows implements AutoCloseable {
  private static final int MAKERS = 2;
  static final int MOST = 32;
  static final int MOST_OF_A_CLIENT = 4;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  /** Each flow waits here once at most. */
  private final Workers makers = new Workers(MAKERS, MOST * 2);

  private final Duration patience;

  // Guarded by itself.
  private final Map<String, Integer> running = new HashMap<>();

  Flows(Duration patience) {
    this.patience = patience;
  }

  /** Counts one in, or says why not. */
  Optional<Answer> enter(String client) {
    synchronized (running) {
      if (running.getOrDefault(client, 0) >= MOST_OF_A_CLIENT) {
        return Optional.of(
            Answer.error(
                    429,
                    "too-many",
                    "a client gets at most %d long answers at once".formatted(MOST_OF_A_CLIENT))
                .with("retry-after", Long.toString(RETRY_AFTER.toSeconds())));
      }
      if (running.values().stream().mapToInt(Integer::intValue).sum() >= MOST) {
        return Optional.of(Answer.busy("too many long answers are being sent", RETRY_AFTER));
      }
      running.merge(client, 1, Integer::sum);
      return Optional.empty();
    }
  }

  /** Sends one that was counted in. Event loop. */
  void send(HttpServerRequest request, Context context, Flow flow, String client) {
    new FlowTransfer(makers, request, context, flow, patience, client, () -> leave(client)).begin();
  }

  private void leave(String client) {
    synchronized (running) {
      running.computeIfPresent(client, (_, count) -> count > 1 ? count - 1 : null);
    }
  }

  @Override
  public void close() {
    makers.close();
  }
}
