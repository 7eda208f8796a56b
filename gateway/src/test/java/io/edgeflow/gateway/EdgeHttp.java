package io.edgeflow.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Asks an edge over HTTP, as anybody would. */
final class EdgeHttp implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  EdgeHttp(int port) {
    this.port = port;
  }

  /** Status and body of an answer. */
  record Answer(int status, String body) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(body);
    }

    /** For conditions. */
    JsonNode at(String pointer) {
      try {
        return json().at(pointer);
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  Answer get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var answer = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), answer.body());
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    var request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build();
    var answer = client.send(request, BodyHandlers.ofString());
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
    client.close();
  }
}
