package io.edgeflow.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.trust.Envelope;
import io.edgeflow.process.trust.Statement;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What publishers and engineers say to a cloud over HTTP. One thread. */
public final class Publishing implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_VALUES = 20_000;

  private final URI cloud;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param cloud {@code http://host:port}
   */
  public Publishing(URI cloud) {
    this.cloud = cloud;
  }

  /** Says who counts. */
  public void keys(Keys keys) throws IOException {
    expect(post("/api/v1/keys", keys.chain().text(), "application/json"), 200, 201);
  }

  /**
   * Brings a bundle to the cloud, which says which pieces it lacks.
   *
   * @param folder of the bundle, signed
   */
  public void publish(Path folder) throws IOException {
    String signatures = Files.readString(folder.resolve(Bundle.SIGNATURES_FILE));
    Statement statement = statement(signatures);
    String versions = "/api/v1/models/" + statement.model() + "/versions";
    HttpResponse<String> answer = post(versions, signatures, "application/json");
    while (answer.statusCode() == 202) {
      Set<String> missing = new HashSet<>();
      JSON.readTree(answer.body()).path("missing").forEach(one -> missing.add(one.asText()));
      for (Statement.SignedFile file : statement.files()) {
        pieces(folder.resolve(file.name()), file.chunks(), statement.chunkSize(), missing);
      }
      answer = post(versions, signatures, "application/json");
    }
    expect(answer, 200, 201);
  }

  private static Statement statement(String signatures) throws IOException {
    Envelope envelope = good(Envelope.read(signatures.getBytes(StandardCharsets.UTF_8), "it"));
    return good(Documents.read(Statement.class, envelope.content(), "it", MOST_VALUES));
  }

  private static <T> T good(Document<T> read) throws IOException {
    return switch (read) {
      case Document.Good<T>(T value) -> value;
      case Document.Faulty<T>(var faults) -> throw new IOException(faults.toString());
    };
  }

  private void pieces(Path file, List<String> hashes, int size, Set<String> missing)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      for (String hash : hashes) {
        byte[] piece = in.readNBytes(size);
        if (missing.remove(hash)) {
          expect(
              send("PUT", "/api/v1/chunks/" + hash, BodyPublishers.ofByteArray(piece), null),
              200,
              201);
        }
      }
    }
  }

  /**
   * Begins a rollout.
   *
   * @param spec a fleet file
   * @return its id
   */
  public String rollout(String spec) throws IOException {
    HttpResponse<String> answer = post("/api/v1/rollouts", spec, "application/yaml");
    expect(answer, 201);
    return JSON.readTree(answer.body()).path("id").asText();
  }

  /**
   * Changes a rollout.
   *
   * @param verb pause, resume, abort or undo
   */
  public void tell(String rollout, String verb) throws IOException {
    String body = "{\"who\":\"lab\",\"why\":\"a drill\"}";
    expect(post("/api/v1/rollouts/" + rollout + "/" + verb, body, "application/json"), 200, 202);
  }

  public JsonNode get(String path) throws IOException {
    HttpResponse<String> answer = send("GET", path, BodyPublishers.noBody(), null);
    expect(answer, 200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> post(String path, String body, String type) throws IOException {
    return send("POST", path, BodyPublishers.ofString(body), type);
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, @Nullable String type) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(cloud.resolve(path)).timeout(PATIENCE).method(method, body);
    if (type != null) {
      request.header("content-type", type);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopped);
    }
  }

  private static void expect(HttpResponse<String> answer, Integer... codes) throws IOException {
    if (!List.of(codes).contains(answer.statusCode())) {
      throw new IOException(
          answer.request().method()
              + " "
              + answer.uri()
              + " answered "
              + answer.statusCode()
              + ": "
              + answer.body());
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
