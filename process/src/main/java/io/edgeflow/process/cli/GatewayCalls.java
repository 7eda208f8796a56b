package io.edgeflow.process.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Asks a running gateway over HTTP. Every method blocks for the answer. */
public final class GatewayCalls implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI gateway;
  private final @Nullable String user;
  private final @Nullable String password;

  /**
   * @param gateway the address of its page
   * @param user where the gateway asks for one
   */
  public GatewayCalls(URI gateway, @Nullable String user, @Nullable String password) {
    this.gateway = gateway;
    this.user = user;
    this.password = password;
  }

  /**
   * @throws GatewayRefused if the gateway refuses
   * @throws IOException if there is no gateway
   */
  public <T> T get(String path, Class<T> answer) throws IOException, InterruptedException {
    return ask(request(path), answer);
  }

  /** As {@link #get}. */
  public <T> T post(String path, String json, Class<T> answer)
      throws IOException, InterruptedException {
    return ask(
        request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(json)),
        answer);
  }

  /** As {@link #get}. */
  public <T> T delete(String path, Class<T> answer) throws IOException, InterruptedException {
    return ask(request(path).DELETE(), answer);
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path)).timeout(ANSWER);
    if (user != null) {
      String pair = user + ":" + (password == null ? "" : password);
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      request.header("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    return request;
  }

  private <T> T ask(HttpRequest.Builder request, Class<T> as)
      throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = client.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException nobody) { // Its own message names no address.
      throw new IOException("no gateway answers at " + gateway + "; name its page with --gateway");
    }
    if (answer.statusCode() / 100 != 2) {
      throw new GatewayRefused(answer.statusCode(), message(answer));
    }
    return MAPPER.readValue(answer.body(), as);
  }

  private String message(HttpResponse<String> answer) {
    if (answer.statusCode() == 401) {
      return gateway + " asks for a user: --user NAME --password";
    }
    try {
      String text = MAPPER.readTree(answer.body()).path("error").path("message").asText();
      if (!text.isEmpty()) {
        return text;
      }
    } catch (JsonProcessingException noGateway) {
      // Answered below.
    }
    return gateway + " answers " + answer.statusCode() + ": is that a gateway's page?";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
