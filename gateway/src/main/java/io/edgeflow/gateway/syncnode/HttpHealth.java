package io.edgeflow.gateway.syncnode;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.gateway.syncnode.SyncNodeConfig.HealthConfig;
import io.edgeflow.process.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the program's own page whether it is ready, and what it is. */
final class HttpHealth implements Health, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long LONGEST = 4 << 20;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final HttpClient client;
  private final HealthConfig config;
  private final Duration patience;

  HttpHealth(HealthConfig config) {
    this(config, PATIENCE);
  }

  /**
   * @param patience with the head of each answer; twice as much to its last byte
   */
  HttpHealth(HealthConfig config, Duration patience) {
    this.config = config;
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  @Override
  public Observed ask() {
    try {
      HttpResponse<byte[]> ready = get("/ready");
      if (ready.statusCode() != 200) {
        return new Observed.Unwell(
            Line.of(
                "it is not ready: " + ready.statusCode() + " " + new String(ready.body(), UTF_8)));
      }
      HttpResponse<byte[]> status = get("/api/v1/status");
      if (status.statusCode() != 200) {
        return new Observed.Unwell("its status answers " + status.statusCode());
      }
      JsonNode said = MAPPER.readTree(status.body());
      return new Observed.Well(
          Line.of(said.path("version").asText()), said.path("incarnation").asText());
    } catch (IOException silent) {
      return new Observed.Unwell(
          Line.of("it does not answer: " + silent.getClass().getSimpleName()));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new Stopping();
    }
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base() + path)).timeout(patience);
    config
        .user()
        .ifPresent(
            user -> {
              String pair = user + ":" + config.password().map(Secret::reveal).orElse("");
              request.header(
                  "authorization",
                  "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
            });
    return within(
        client.sendAsync(
            request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST)));
  }

  /** The client's own limit ends with the head of an answer; a program may hang after that. */
  private <T> T within(CompletableFuture<T> answer) throws IOException, InterruptedException {
    try {
      return answer.get(2 * patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException hangs) {
      throw new HttpTimeoutException("it does not end its answer");
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException broken ? broken : new IOException(failed);
    } finally {
      answer.cancel(true);
    }
  }

  private String base() {
    String text = config.url().toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
