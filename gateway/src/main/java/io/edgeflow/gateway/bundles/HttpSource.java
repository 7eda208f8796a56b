package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.gateway.bundles.DownloadSettings.Login;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.wire.document.Mandate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cloud for bundles and keys. What comes is bounded in size and time, and never believed
 * here. Any thread; blocks.
 */
final class HttpSource implements AutoCloseable {
  /** Of keys and signatures; they are refused beyond. */
  private static final int MOST_DOCUMENT = 1 << 20;

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /**
   * What the kernel takes while nobody reads stands in a slow line before everything else; the JDK
   * lets it be set for the whole process only, and nothing else of the gateway uses its client.
   */
  private static final String BUFFER_PROPERTY = "jdk.httpclient.receiveBufferSize";

  private static final String BUFFER_BYTES = "16384";

  private final HttpClient client;
  private final String base;
  private final Duration patience;
  private final @Nullable String login;

  HttpSource(DownloadSettings settings) {
    if (System.getProperty(BUFFER_PROPERTY) == null) {
      System.setProperty(BUFFER_PROPERTY, BUFFER_BYTES);
    }
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.patience())
            .build();
    this.base = settings.url().toString().replaceAll("/+$", "") + "/api/v1/";
    this.patience = settings.patience();
    this.login = settings.login().map(HttpSource::header).orElse(null);
  }

  private static String header(Login login) {
    byte[] pair = (login.user() + ":" + login.password().reveal()).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** The chain of keys, as somebody sent it. */
  byte[] keys(BooleanSupplier stop) throws IOException, StoppedException {
    return document("keys", MOST_DOCUMENT, stop);
  }

  /** What a publisher signed of a bundle, as somebody sent it. */
  byte[] signatures(String digest, BooleanSupplier stop) throws IOException, StoppedException {
    return document("bundles/" + digest + "/" + Bundle.SIGNATURES_FILE, MOST_DOCUMENT, stop);
  }

  /** What a controller signed for a site, as somebody sent it. */
  byte[] mandate(String digest, BooleanSupplier stop) throws IOException, StoppedException {
    return document("mandates/" + digest, Mandate.MAX_SIGNED_BYTES, stop);
  }

  private byte[] document(String path, int most, BooleanSupplier stop)
      throws IOException, StoppedException {
    HttpResponse<Body> answer = send(request(path).build(), stop);
    try (Body body = answer.body()) {
      if (answer.statusCode() != OK) {
        throw unexpected(answer.statusCode());
      }
      var all = new ByteArrayOutputStream();
      for (ByteBuffer next = body.next(); next != null; next = body.next()) {
        if (all.size() + next.remaining() > most) {
          throw new LinkFailure("sends more than " + most + " bytes for " + path);
        }
        byte[] bytes = new byte[next.remaining()];
        next.get(bytes);
        all.writeBytes(bytes);
      }
      return all.toByteArray();
    }
  }

  /**
   * Some bytes of a file.
   *
   * @param from the first one
   * @param end behind the last one, at most {@code length}
   * @param length of the whole file
   * @return to be closed; it gives at most the bytes that were asked for, and maybe fewer
   * @throws LinkFailure if the answer is another one than was asked for
   */
  Body range(String digest, String file, long from, long end, long length, BooleanSupplier stop)
      throws IOException, StoppedException {
    HttpRequest request =
        request("bundles/" + digest + "/" + file)
            .header("Range", "bytes=" + from + "-" + (end - 1))
            .build();
    HttpResponse<Body> answer = send(request, stop);
    Optional<LinkFailure> wrong = wrong(answer, from, end, length);
    if (wrong.isPresent()) {
      answer.body().close();
      throw wrong.get();
    }
    return answer.body();
  }

  private static Optional<LinkFailure> wrong(
      HttpResponse<Body> answer, long from, long end, long length) {
    if (answer.statusCode() == OK && from == 0 && end == length) {
      return Optional.empty();
    }
    if (answer.statusCode() == OK) {
      return Optional.of(new LinkFailure("sends a whole file (200) where a part was asked for"));
    }
    if (answer.statusCode() != PARTIAL) {
      return Optional.of(unexpected(answer.statusCode()));
    }
    String range = answer.headers().firstValue("content-range").orElse("");
    return range.equals("bytes " + from + "-" + (end - 1) + "/" + length)
        ? Optional.empty()
        : Optional.of(new LinkFailure("sends another part than was asked for: " + shown(range)));
  }

  private static String shown(String text) {
    String line = text.replaceAll("[^\\p{Print}]", "?");
    return line.length() > 60 ? line.substring(0, 60) + "..." : line;
  }

  private static LinkFailure unexpected(int status) {
    return new LinkFailure(
        switch (status) {
          case UNAUTHORIZED, FORBIDDEN ->
              "asks who we are (" + status + "): set deploy.user and deploy.password";
          case NOT_FOUND -> "does not have it (404)";
          default ->
              status / 100 == 3
                  ? "sends us elsewhere (" + status + "), which is not followed"
                  : "answers " + status;
        });
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(patience)
            .header("Accept-Encoding", "identity");
    return login == null ? request : request.header("Authorization", login);
  }

  private HttpResponse<Body> send(HttpRequest request, BooleanSupplier stop)
      throws IOException, StoppedException {
    CompletableFuture<HttpResponse<Body>> answer =
        client.sendAsync(request, _ -> new Body(patience, stop));
    try {
      return await(answer, stop);
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    } catch (InterruptedException interrupted) {
      abandon(answer);
      throw Waiting.interrupted();
    } catch (StoppedException stopped) {
      abandon(answer);
      throw stopped;
    }
  }

  private static HttpResponse<Body> await(
      CompletableFuture<HttpResponse<Body>> answer, BooleanSupplier stop)
      throws ExecutionException, InterruptedException, StoppedException {
    while (true) {
      Waiting.check(stop);
      try {
        return answer.get(Waiting.SLICE_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException notYet) {
        // Stop is asked for once more.
      }
    }
  }

  /** Whether it comes still or has come just now: nobody reads it. */
  private static void abandon(CompletableFuture<HttpResponse<Body>> answer) {
    answer.cancel(true);
    var _ = answer.thenAccept(come -> come.body().close());
  }

  private static LinkFailure failure(@Nullable Throwable cause) {
    return new LinkFailure(
        switch (cause) {
          case ConnectException nobody -> "nobody answers there";
          case HttpTimeoutException slow -> "does not answer in time";
          case null -> "the connection broke";
          default -> "the connection broke: " + cause.getMessage();
        });
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
