package io.edgeflow.gateway.syncnode;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * {@code wanted.json}: which version the gateway asks for. It is no order: what it names is
 * installed only if somebody vouches for it. The same request is answered once.
 *
 * @param request told apart by this; any short text
 * @param program the name of the program
 * @param digest of the bundle; empty: the version that came with the machine
 * @param version for people
 * @param folder of the bundle, absolute; empty without a digest
 * @param soak how long it must run well before it counts as proven
 * @param forgive a person said that this version may be tried though it failed in an earlier
 *     request
 */
public record Request(
    @Range(min = "1", max = "1") int schema,
    String request,
    String program,
    String digest,
    String version,
    String folder,
    @Range(min = "0s", max = "30d") Duration soak,
    @Default("false") boolean forgive) {
  public static final String FILE = "wanted.json";
  public static final int SCHEMA = 1;
  static final int MAX_BYTES = 64 << 10;

  private static final int MAX_VALUES = 50;
  private static final int LONGEST = 64;
  private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{64})?");

  public Request {
    new Check()
        .that(!request.isEmpty() && request.length() <= LONGEST, "request", "must be short")
        .that(DIGEST.matcher(digest).matches(), "digest", "must be 64 hexadecimal digits")
        .that(version.length() <= LONGEST, "version", "must be short")
        .that(digest.isEmpty() || folder.startsWith("/"), "folder", "must be absolute")
        .orRefuse();
  }

  /** Never throws, whatever the bytes. */
  public static Document<Request> read(byte[] json) {
    return Documents.read(Request.class, json, FILE, MAX_VALUES);
  }

  public String text() {
    return Documents.write(this);
  }

  /** The name of the version's folder. */
  String name() {
    return digest.isEmpty() ? VersionStore.FACTORY : digest;
  }
}
