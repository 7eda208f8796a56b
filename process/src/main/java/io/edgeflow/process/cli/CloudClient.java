package io.edgeflow.process.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Asks a running cloud. Every failure says what a person can do. */
public final class CloudClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI cloud;
  private final @Nullable String login;

  /**
   * @param user null where the cloud asks for none
   */
  public CloudClient(URI cloud, @Nullable String user, @Nullable String password) {
    this.cloud = cloud;
    this.login = user == null ? null : login(user, password == null ? "" : password);
  }

  private static String login(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** What was answered with a status below 300. */
  public record Reply(int status, JsonNode body) {}

  /**
   * @param path with its query
   * @throws CloudBusyException if the cloud wants to be asked again later
   * @throws CloudRefused if it understood and does not do it
   * @throws IOException if there is no answer, or it is none of a cloud
   */
  public JsonNode get(String path, Duration patience) throws IOException, InterruptedException {
    return answered(request(path, patience).build(), patience).body();
  }

  /** A text with the headers that came with it, by their names in lower case. */
  public record Text(String body, Map<String, String> headers) {}

  /** As {@link #get}, where something else than JSON comes back. */
  public Text text(String path, Duration patience) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(path, patience).build(), patience);
    if (answer.statusCode() != 200) {
      checked(answer);
    }
    Map<String, String> headers = new TreeMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return new Text(answer.body(), headers);
  }

  /**
   * Sends a body; JSON comes back. Throws what {@link #get} throws.
   *
   * @param method POST or PUT
   */
  public Reply send(String method, String path, byte[] body, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(path, patience).method(method, BodyPublishers.ofByteArray(body));
    return answered(request.build(), patience);
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    HttpRequest.Builder request = HttpRequest.newBuilder(cloud.resolve(path)).timeout(patience);
    if (login != null) {
      request.header("authorization", login);
    }
    return request;
  }

  private Reply answered(HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    return checked(send(request, patience));
  }

  private Reply checked(HttpResponse<String> answer) throws IOException {
    JsonNode body = parse(answer.body());
    return switch (answer.statusCode()) {
      case 200, 201, 202 -> new Reply(answer.statusCode(), body);
      case 401 -> throw new IOException(cloud + " asks who you are: give --user, and its password");
      // What was asked is wrong; where it was asked is not.
      case 400 -> throw refused("", answer, body);
      case 429, 503 ->
          throw new CloudBusyException(
              cloud + " cannot answer now, try again in a while: " + message(body),
              retryAfter(answer));
      default -> throw refused(cloud + " answers " + answer.statusCode() + ": ", answer, body);
    };
  }

  private static CloudRefused refused(String where, HttpResponse<String> answer, JsonNode body) {
    return new CloudRefused(
        where + message(body), answer.statusCode(), body.at("/error/code").asText());
  }

  private HttpResponse<String> send(HttpRequest request, Duration patience)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException | UnknownHostException nobody) { // Their own messages say too little.
      throw new IOException(
          "no cloud answers at %s: start one with `edgeflow cloud`, or give the address of another"
              .formatted(cloud));
    } catch (HttpTimeoutException slow) {
      throw new IOException(
          "%s did not answer within %d s".formatted(cloud, patience.toSeconds()), slow);
    }
  }

  private JsonNode parse(String body) throws IOException {
    try {
      return new JsonMapper().readTree(body);
    } catch (JsonProcessingException foreign) {
      throw new IOException(cloud + " is no cloud of EdgeFlow: it does not answer with JSON");
    }
  }

  private static Duration retryAfter(HttpResponse<String> answer) {
    String seconds = answer.headers().firstValue("retry-after").orElse("");
    return SECONDS.matcher(seconds).matches()
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ofSeconds(1);
  }

  private static String message(JsonNode body) {
    return body.at("/error/message").asText(body.toString());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
