package io.edgeflow.cloud.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tags of a repository of images, by the HTTP API of the OCI distribution specification. */
final class OciTags implements TagSource {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_PAGE = 4 << 20;
  private static final int MOST_PAGES = 50;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final Pattern CHALLENGE = Pattern.compile("(\\w+)=\"([^\"]*)\"");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final String MANIFESTS =
      "application/vnd.oci.image.index.v1+json,application/vnd.oci.image.manifest.v1+json,"
          + "application/vnd.docker.distribution.manifest.list.v2+json,"
          + "application/vnd.docker.distribution.manifest.v2+json";

  private final HttpClient client;
  private final URI registry;
  private final String repository;
  private final Optional<String> login;
  private @Nullable String authorization;

  /**
   * @param login {@code user:password}; empty for none
   */
  OciTags(HttpClient client, URI registry, String repository, Optional<String> login) {
    this.client = client;
    this.registry = registry;
    this.repository = repository;
    this.login = login;
  }

  @Override
  public List<String> tags() throws IOException, InterruptedException {
    List<String> tags = new ArrayList<>();
    URI page = registry.resolve("/v2/" + repository + "/tags/list?n=1000");
    for (int i = 0; i < MOST_PAGES && tags.size() < MOST_TAGS; i++) {
      HttpResponse<byte[]> answer = ask("GET", page, "application/json");
      JsonNode body = MAPPER.readTree(answer.body());
      for (JsonNode tag : body.path("tags")) {
        if (tags.size() < MOST_TAGS) {
          tags.add(tag.asText());
        }
      }
      Optional<URI> next = next(page, answer);
      if (next.isEmpty()) {
        return tags;
      }
      page = next.get();
    }
    return tags;
  }

  /** Only where we were sent by the configuration. */
  private static Optional<URI> next(URI page, HttpResponse<?> answer) throws IOException {
    Matcher link = NEXT.matcher(answer.headers().firstValue("link").orElse(""));
    if (!link.find()) {
      return Optional.empty();
    }
    URI next = resolve(page, link.group(1));
    if (!origin(next).equals(origin(page))) {
      throw new IOException("the registry sends us elsewhere: " + origin(next));
    }
    return Optional.of(next);
  }

  /** With the protocol: over another one, the password would be in the open. */
  private static String origin(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT) + "://" + uri.getAuthority();
  }

  @Override
  public Optional<String> image(String tag) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(tag, StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer =
        ask("HEAD", registry.resolve("/v2/" + repository + "/manifests/" + encoded), MANIFESTS);
    return answer
        .headers()
        .firstValue("docker-content-digest")
        .filter(digest -> DIGEST.matcher(digest).matches())
        .map(digest -> registry.getAuthority() + "/" + repository + "@" + digest);
  }

  private HttpResponse<byte[]> ask(String method, URI uri, String accept)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(method, uri, accept, authorization);
    if (answer.statusCode() == 401) {
      authorization = authorize(answer.headers().firstValue("www-authenticate").orElse(""));
      answer = send(method, uri, accept, authorization);
    }
    if (answer.statusCode() != 200) {
      throw new IOException("the registry answers " + answer.statusCode());
    }
    return answer;
  }

  private HttpResponse<byte[]> send(
      String method, URI uri, String accept, @Nullable String authorized)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("accept", accept);
    if (authorized != null) {
      request.header("authorization", authorized);
    }
    return client.send(
        request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_PAGE));
  }

  /** A token where the registry wants one, else the password itself. */
  private String authorize(String challenge) throws IOException, InterruptedException {
    String basic =
        login
            .map(pair -> pair.getBytes(StandardCharsets.UTF_8))
            .map(pair -> "Basic " + Base64.getEncoder().encodeToString(pair))
            .orElse("");
    if (!challenge.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      if (basic.isEmpty()) {
        throw new IOException("the registry asks for a user");
      }
      return basic;
    }
    HttpResponse<byte[]> answer =
        send("GET", tokens(challenge), "application/json", basic.isEmpty() ? null : basic);
    JsonNode body = answer.statusCode() == 200 ? MAPPER.readTree(answer.body()) : null;
    String token =
        body == null ? "" : body.path("token").asText(body.path("access_token").asText());
    if (token.isEmpty()) {
      throw new IOException("the registry gives no token: " + answer.statusCode());
    }
    return "Bearer " + token;
  }

  private URI tokens(String challenge) throws IOException {
    String realm = "";
    var query = new StringBuilder();
    for (Matcher part = CHALLENGE.matcher(challenge); part.find(); ) {
      if (part.group(1).equals("realm")) {
        realm = part.group(2);
      } else if (part.group(1).equals("service") || part.group(1).equals("scope")) {
        query
            .append(query.isEmpty() ? "" : "&")
            .append(part.group(1))
            .append('=')
            .append(URLEncoder.encode(part.group(2), StandardCharsets.UTF_8));
      }
    }
    URI uri = resolve(registry, realm + (realm.contains("?") ? "&" : "?") + query);
    boolean secret = registry.getScheme().equals("https");
    if (uri.getHost() == null || (secret && !uri.getScheme().equals("https"))) {
      throw new IOException("the registry names no safe place for tokens");
    }
    return uri;
  }

  private static URI resolve(URI base, String text) throws IOException {
    try {
      return base.resolve(text);
    } catch (IllegalArgumentException nonsense) {
      throw new IOException("the registry names no address", nonsense);
    }
  }
}
