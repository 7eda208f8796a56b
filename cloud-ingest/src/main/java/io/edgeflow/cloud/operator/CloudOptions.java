package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.CloudClient;
import io.edgeflow.process.cli.CloudLogin;
import io.edgeflow.process.cli.WebAddress;
import io.edgeflow.process.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cloud is asked, and by whom. */
final class CloudOptions {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Option(
      names = {"--url", "--cloud"},
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8080",
      converter = WebAddress.class,
      description = "The cloud's page (default: ${DEFAULT-VALUE}).")
  private URI url = URI.create("http://127.0.0.1:8080");

  @Mixin private CloudLogin login = new CloudLogin();

  /** For several questions. */
  CloudClient open() {
    return login.open(url);
  }

  JsonNode get(String path) throws IOException, InterruptedException {
    try (var cloud = login.open(url)) {
      return cloud.get(path, PATIENCE);
    }
  }

  JsonNode post(String path, byte[] body) throws IOException, InterruptedException {
    try (var cloud = login.open(url)) {
      return cloud.send("POST", path, body, PATIENCE).body();
    }
  }

  JsonNode post(String path, Map<String, String> words) throws IOException, InterruptedException {
    return post(path, Json.bytes(words));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
