package io.edgeflow.cloud.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.trust.VerifyingKey;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Optional;

/** The registry of a cloud process behind a web server; several may serve one database. */
final class ServedRegistry implements AutoCloseable {
  private final RegistryParts parts;
  private final Vertx vertx = EventLoop.start(1);
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebServer server;

  ServedRegistry(
      Schema schema, Optional<VerifyingKey> root, UploadLimits limits, InstantSource clock)
      throws IOException {
    parts = RegistryParts.start(schema.database(), root, limits, clock);
    server = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), parts.register(new Routes()));
  }

  RegistryParts parts() {
    return parts;
  }

  HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<byte[]> post(SignedBundle bundle) throws Exception {
    return post(bundle.statement().model(), bundle.signatures());
  }

  HttpResponse<byte[]> post(String model, byte[] signatures) throws Exception {
    return send("POST", "/api/v1/models/" + model + "/versions", signatures);
  }

  HttpResponse<byte[]> put(String sha256, byte[] piece) throws Exception {
    return send("PUT", "/api/v1/chunks/" + sha256, piece);
  }

  /** Puts what is said to be missing; how many bytes that were. */
  long putMissing(SignedBundle bundle, JsonNode incomplete) throws Exception {
    long sent = 0;
    for (JsonNode sha256 : incomplete.get("missing")) {
      byte[] piece = bundle.piece(sha256.asText());
      assertEquals(201, put(sha256.asText(), piece).statusCode());
      sent += piece.length;
    }
    return sent;
  }

  /** All of it; how many bytes of pieces went over. */
  long publish(SignedBundle bundle) throws Exception {
    HttpResponse<byte[]> begun = post(bundle);
    assertEquals(202, begun.statusCode(), () -> new String(begun.body(), UTF_8));
    long sent = putMissing(bundle, json(begun));
    HttpResponse<byte[]> done = post(bundle);
    assertEquals(201, done.statusCode(), () -> new String(done.body(), UTF_8));
    return sent;
  }

  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    return new JsonMapper().readTree(answer.body());
  }

  /** The status and the word for it. */
  static String refusal(HttpResponse<byte[]> answer) throws IOException {
    return answer.statusCode() + " " + json(answer).at("/error/code").asText();
  }

  @Override
  public void close() throws IOException {
    server.close();
    EventLoop.close(vertx);
    parts.close();
    client.close();
  }
}
