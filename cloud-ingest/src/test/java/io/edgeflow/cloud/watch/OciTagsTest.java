package io.edgeflow.cloud.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry that speaks as the specification says, and some that do not. */
final class OciTagsTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server = server();
  private HttpHandler registry = exchange -> answer(exchange, 404, "");

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext("/", exchange -> registry.handle(exchange));
      made.start();
      return made;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @AfterEach
  void close() {
    client.shutdownNow();
    server.stop(0);
  }

  @Test
  void readsAllPagesWithAToken() throws Exception {
    registry = this::wellBehaved;
    assertEquals(
        IntStream.range(0, 5).mapToObj(i -> "v1.0." + i).toList(), tags(Optional.of("ada:secret")));
    assertEquals(
        Optional.of(address().getAuthority() + "/plant/edgeflow@" + DIGEST),
        source(Optional.of("ada:secret")).image("v1.0.4"));
  }

  @Test
  void needsAPasswordWhereOneIsAskedFor() {
    registry = this::wellBehaved;
    assertThrows(IOException.class, () -> tags(Optional.of("ada:wrong")));
    assertThrows(IOException.class, () -> tags(Optional.empty()));
  }

  @Test
  void refusesWhatIsNoRegistry() {
    registry = exchange -> answer(exchange, 200, "<html>");
    assertThrows(IOException.class, () -> tags(Optional.empty()));
    registry = exchange -> answer(exchange, 200, "x".repeat(5 << 20));
    assertThrows(IOException.class, () -> tags(Optional.empty()));
    registry = exchange -> answer(exchange, 500, "{}");
    assertThrows(IOException.class, () -> tags(Optional.empty()));
    registry =
        exchange -> {
          exchange
              .getResponseHeaders()
              .add(
                  "Link",
                  "<http://localhost:" + server.getAddress().getPort() + "/>; rel=\"next\"");
          answer(exchange, 200, "{\"tags\":[\"v1.0.0\"]}");
        };
    assertThrows(IOException.class, () -> tags(Optional.empty()));
    // The same place by another protocol is elsewhere too: with https, the way down to http.
    String other = "https://" + address().getAuthority();
    registry =
        exchange -> {
          exchange.getResponseHeaders().add("Link", "<" + other + "/v2/>; rel=\"next\"");
          answer(exchange, 200, "{\"tags\":[\"v1.0.0\"]}");
        };
    assertEquals(
        "the registry sends us elsewhere: " + other,
        assertThrows(IOException.class, () -> tags(Optional.empty())).getMessage());
    registry =
        exchange -> {
          exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer realm=\"no address\"");
          answer(exchange, 401, "{}");
        };
    assertThrows(IOException.class, () -> tags(Optional.empty()));
  }

  @Test
  void endsWhereARegistryDoesNot() throws Exception {
    registry =
        exchange -> {
          exchange.getResponseHeaders().add("Link", "</v2/plant/edgeflow/tags/list>; rel=\"next\"");
          answer(exchange, 200, "{\"tags\":[\"v1.0.0\"]}");
        };
    assertEquals(50, tags(Optional.empty()).size());
    registry = exchange -> answer(exchange, 200, "{\"tags\":null}");
    assertEquals(List.of(), tags(Optional.empty()));
  }

  private void wellBehaved(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String who = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (path.equals("/token")) {
      boolean known =
          who.equals("Basic YWRhOnNlY3JldA==")
              && query.contains("scope=repository%3Aplant%2Fedgeflow%3Apull");
      answer(exchange, known ? 200 : 401, "{\"token\":\"letmein\"}");
    } else if (!who.equals("Bearer letmein")) {
      exchange
          .getResponseHeaders()
          .add(
              "WWW-Authenticate",
              "Bearer realm=\"%s/token\",service=\"test\",scope=\"repository:plant/edgeflow:pull\""
                  .formatted(address()));
      answer(exchange, 401, "{}");
    } else if (path.equals("/v2/plant/edgeflow/manifests/v1.0.4")) {
      exchange.getResponseHeaders().add("Docker-Content-Digest", DIGEST);
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    } else if (path.equals("/v2/plant/edgeflow/tags/list")) {
      int from = query.contains("last=") ? Integer.parseInt(query.replaceAll(".*last=", "")) : 0;
      if (from < 4) {
        exchange
            .getResponseHeaders()
            .add("Link", "</v2/plant/edgeflow/tags/list?last=" + (from + 2) + ">; rel=\"next\"");
      }
      String second = from < 4 ? ",\"v1.0." + (from + 1) + "\"" : "";
      answer(exchange, 200, "{\"tags\":[\"v1.0." + from + "\"" + second + "]}");
    } else {
      answer(exchange, 404, "{}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    boolean none = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
    if (none) {
      exchange.close();
      return;
    }
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private OciTags source(Optional<String> login) {
    return new OciTags(client, address(), "plant/edgeflow", login);
  }

  private List<String> tags(Optional<String> login) throws IOException, InterruptedException {
    return source(login).tags();
  }
}
