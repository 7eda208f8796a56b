package io.edgeflow.gateway.site.cache;

import io.edgeflow.gateway.bundles.BundleStore;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Download;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import io.edgeflow.wire.document.Digests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a hub's members fetch from it, on the paths and in the words of the cloud: bundles, keys and
 * mandates. The members verify it themselves; it need not be believed.
 */
public final class SiteRoutes {
  private static final String SIGNATURES = "signatures.json";
  private static final String JSON = "application/json";
  private static final int PIECE_BYTES = 256 * 1024;
  private static final int UNAVAILABLE = 503;

  /** A member asks again; a worker must not wait for a whole download. */
  private static final long WAIT_MILLIS = 2_000;

  private static final Map<String, String> FOREVER =
      Map.of("cache-control", "max-age=31536000, immutable");
  private static final Map<String, String> ASK_AGAIN = Map.of("cache-control", "no-cache");

  private final Supplier<BundleCache> caches;
  private final Mandates mandates;

  /** Signed mandates, by digest; for a hub behind this one. */
  @FunctionalInterface
  public interface Mandates {
    /**
     * @throws IOException if nobody gives it now
     */
    byte[] get(String digest) throws IOException, InterruptedException;
  }

  private SiteRoutes(Supplier<BundleCache> caches, Mandates mandates) {
    this.caches = caches;
    this.mandates = mandates;
  }

  /**
   * @param caches throws a refusal while there is none
   */
  public static Routes add(Routes routes, Supplier<BundleCache> caches, Mandates mandates) {
    var site = new SiteRoutes(caches, mandates);
    return routes
        .download("/api/v1/bundles/{digest}/{file}", site::file)
        .download("/api/v1/keys", site::keys)
        .get("/api/v1/mandates/{digest}", site::mandate);
  }

  private Download file(Request request) throws IOException, InterruptedException {
    String digest = digest(request);
    BundleCache cache = caches.get();
    Statement statement =
        switch (cache.ask(digest, WAIT_MILLIS)) {
          case BundleCache.Asked.Here(Statement here) -> here;
          case BundleCache.Asked.Never(String why) -> throw HttpRefusal.notFound(why);
          case BundleCache.Asked.NotYet(String why) ->
              throw new HttpRefusal(UNAVAILABLE, "not-yet", why);
        };
    String name = request.segment("file");
    return name.equals(SIGNATURES)
        ? document(cache.store().signatures(digest), ASK_AGAIN)
        : file(cache.store(), digest, statement, name);
  }

  private static Download file(BundleStore store, String digest, Statement statement, String name) {
    SignedFile file =
        statement.files().stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(SiteRoutes::none);
    return new Download(
        name.endsWith(".json") ? JSON : "application/octet-stream",
        file.sha256(),
        file.length(),
        FOREVER,
        offset -> piece(store, digest, name, offset));
  }

  /** A bundle that is let go of meanwhile ends the connection; the member asks again. */
  private static byte[] piece(BundleStore store, String digest, String name, long offset)
      throws IOException {
    Optional<FileChannel> open = store.open(digest, name);
    if (open.isEmpty()) {
      throw new FileNotFoundException(digest + "/" + name);
    }
    try (FileChannel channel = open.get()) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, channel.size() - offset));
      int read = 0;
      while (read >= 0 && piece.hasRemaining()) {
        read = channel.read(piece, offset + piece.position());
      }
      return Arrays.copyOf(piece.array(), piece.position());
    }
  }

  private Download keys(Request ignored) throws InterruptedException {
    return document(caches.get().keyChain(WAIT_MILLIS), ASK_AGAIN);
  }

  private Answer mandate(Request request) throws InterruptedException {
    try {
      return new Answer(200, JSON, mandates.get(digest(request)), FOREVER);
    } catch (IOException nobody) {
      throw new HttpRefusal(UNAVAILABLE, "not-yet", "nobody gives it now: " + nobody.getMessage());
    }
  }

  private static String digest(Request request) {
    String digest = request.segment("digest");
    if (!Digests.isOne(digest)) {
      throw none();
    }
    return digest;
  }

  private static Download document(Optional<byte[]> found, Map<String, String> headers) {
    byte[] text = found.orElseThrow(SiteRoutes::none);
    return new Download(
        JSON,
        Digests.of(text),
        text.length,
        headers,
        offset -> Arrays.copyOfRange(text, (int) offset, text.length));
  }

  private static HttpRefusal none() {
    return HttpRefusal.notFound("it is not here");
  }
}
