package io.edgeflow.models.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.process.http.Json;
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
import java.util.Map;
import java.util.Optional;

/** Asks a gateway's {@code /api/v1/models}. Every method blocks for the answer. */
final class GatewayModels implements AutoCloseable {
  private static final String PATH = "/api/v1/models";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(15);

  /** A load has two minutes, and may wait for the trial of another model. */
  private static final Duration CHANGE = Duration.ofMinutes(4);

  private static final long LOOK_MILLIS = 250;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI gateway;
  private final Optional<String> login;

  /** What became of a change. */
  record Outcome(boolean done, String detail) {}

  GatewayModels(URI gateway, Optional<String> user, String password) {
    this.gateway = gateway;
    this.login =
        user.map(name -> (name + ":" + password).getBytes(StandardCharsets.UTF_8))
            .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * {@code {"slots":[…]}}.
   *
   * @throws IOException if there is no gateway, or it does not answer so
   */
  JsonNode slots() throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(""));
    if (answer.statusCode() != 200) {
      throw new IOException(fault(answer));
    }
    return MAPPER.readTree(answer.body());
  }

  /** Waits until it was made or refused. */
  Outcome change(String slot, String change, Map<String, String> words)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request("/" + slot + "/" + change)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(Json.text(words))));
    return switch (answer.statusCode()) {
      case 200 -> new Outcome(true, MAPPER.readTree(answer.body()).path("detail").asText());
      case 202 -> awaited(slot, MAPPER.readTree(answer.body()).path("id").asLong());
      case 400, 404, 409 -> new Outcome(false, fault(answer));
      default -> throw new IOException(fault(answer));
    };
  }

  private Outcome awaited(String slot, long id) throws IOException, InterruptedException {
    long end = System.nanoTime() + CHANGE.toNanos();
    while (System.nanoTime() < end) {
      for (JsonNode one : slots().path("slots")) {
        if (one.path("slot").asText().equals(slot)) {
          for (JsonNode change : one.path("changes")) {
            String outcome = change.path("outcome").asText();
            if (change.path("id").asLong() == id && !outcome.equals("pending")) {
              return new Outcome(outcome.equals("done"), change.path("detail").asText());
            }
          }
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return new Outcome(false, "it still goes on after " + CHANGE.toMinutes() + " minutes");
  }

  private HttpRequest.Builder request(String below) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(PATH + below)).timeout(ANSWER);
    login.ifPresent(words -> request.header("authorization", words));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException nobody) { // Its own message names no address.
      throw new IOException("no gateway answers at " + gateway + "; name its page with --gateway");
    }
  }

  private String fault(HttpResponse<String> answer) {
    if (answer.statusCode() == 401) {
      return gateway + " asks for a user: --user NAME --password";
    }
    try {
      String text = MAPPER.readTree(answer.body()).path("error").path("message").asText();
      if (!text.isEmpty()) {
        return text;
      }
    } catch (JsonProcessingException foreign) {
      // Answered below.
    }
    return gateway + " answers " + answer.statusCode() + ": is that a gateway's page?";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
