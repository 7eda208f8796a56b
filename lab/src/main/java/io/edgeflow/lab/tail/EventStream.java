package io.edgeflow.lab.tail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server-sent events of a gateway. */
final class EventStream implements AutoCloseable {
  private static final String DATA = "data: ";

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI gateway;
  private final HttpRequest request;

  EventStream(URI gateway, String match, @Nullable String user, @Nullable String password) {
    this.gateway = gateway;
    String query = "?match=" + URLEncoder.encode(match, StandardCharsets.UTF_8);
    var builder = HttpRequest.newBuilder(gateway.resolve("/api/v1/stream" + query));
    if (user != null) {
      String pair = user + ":" + (password == null ? "" : password);
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      builder.header("authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
    }
    this.request = builder.build();
  }

  /**
   * Hands over the data of each event while the consumer wants more.
   *
   * @throws IOException if there is no gateway, it refuses, or the stream ends before that
   */
  void read(Predicate<String> wantsMore) throws IOException, InterruptedException {
    HttpResponse<Stream<String>> answer = ask();
    try (Stream<String> lines = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException(
            gateway + " answers " + answer.statusCode() + ": " + String.join("", lines.toList()));
      }
      Iterator<String> each = lines.iterator();
      while (each.hasNext()) {
        String line = each.next();
        if (line.startsWith(DATA) && !wantsMore.test(line.substring(DATA.length()))) {
          return;
        }
      }
    } catch (UncheckedIOException cut) {
      throw new IOException("the connection to the gateway broke", cut);
    }
    throw new IOException("the gateway ended the stream");
  }

  private HttpResponse<Stream<String>> ask() throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofLines());
    } catch (ConnectException nobody) { // Its own message names no address.
      throw new IOException("no gateway answers at " + gateway);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
