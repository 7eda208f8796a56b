package io.edgeflow.lab.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gateway or a cloud that is started, killed and started again at the same addresses. Not
 * thread-safe.
 */
public final class Service implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration REQUEST = Duration.ofSeconds(10);

  private final ChildProcess.Command command;
  private final URI http;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private @Nullable ChildProcess child;

  public Service(ChildProcess.Command command, URI http) {
    this.command = command;
    this.http = http;
  }

  public void start() throws IOException {
    start(List.of(), List.of());
  }

  /**
   * @param jvm options of the JVM for this start only
   * @param arguments for this start only, behind all others
   */
  public void start(List<String> jvm, List<String> arguments) throws IOException {
    child = ChildProcess.start(command.withMore(jvm, arguments));
  }

  public boolean isAlive() {
    return child != null && child.isAlive();
  }

  public ChildProcess child() {
    if (child == null) {
      throw new IllegalStateException(command.main() + " was never started");
    }
    return child;
  }

  /** True once it answers that it is ready. */
  public boolean ready() {
    try {
      return get("/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** What it says of itself, ready or not; empty while it does not answer. */
  public String readiness() {
    try {
      HttpResponse<String> answer = get("/ready");
      return answer.statusCode() + " " + answer.body();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Waits until it is ready.
   *
   * @throws IllegalStateException with its last words, if it ends first or takes too long
   */
  public void awaitReady(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!ready()) {
      if (!child().isAlive() || System.nanoTime() > deadline) {
        throw new IllegalStateException(
            command.main() + " is not ready within " + patience + ":\n" + child().lastWords());
      }
      pause();
    }
  }

  /** True once a gateway has said hello to its cloud and was answered. */
  public boolean linked() {
    try {
      return json("/api/v1/status").path("link").path("state").asText().equals("connected");
    } catch (IOException e) {
      return false;
    }
  }

  /** The JSON answer of a path. */
  public JsonNode json(String path) throws IOException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(http + path)).timeout(REQUEST).GET().build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting", e);
    }
  }

  @Override
  public void close() {
    if (child != null) {
      child.close();
    }
    client.close();
  }
}
