package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the documents that a process serves. */
public final class Documents implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final ObjectMapper mapper = new ObjectMapper();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** An answer of any status; a body that is no JSON is a missing node. */
  public record Document(int status, JsonNode body) {}

  public Document get(URI address) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(
            HttpRequest.newBuilder(address).timeout(LIMIT).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return new Document(answer.statusCode(), json(answer.body()));
  }

  /** The body of a 200. */
  public JsonNode read(URI address) throws IOException, InterruptedException {
    Document document = get(address);
    if (document.status() != 200) {
      throw new IOException(address + " answered " + document.status());
    }
    return document.body();
  }

  private JsonNode json(byte[] body) {
    try {
      return mapper.readTree(body);
    } catch (IOException notJson) {
      return mapper.missingNode();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
