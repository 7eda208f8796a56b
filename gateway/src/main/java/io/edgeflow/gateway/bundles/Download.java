package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.bundles.BundlePlan.Piece;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.gateway.deploy.FetchProgress;
import io.edgeflow.process.trust.Statement.SignedFile;
import io.edgeflow.process.trust.TrustRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One bundle on its way to the disk: signatures first, then what is not there yet, piece by piece,
 * over as many connections as it takes. Used once, by one thread.
 */
final class Download implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Download.class);

  /** One wrong answer may be an accident of the line. */
  private static final int CONFIRMED = 2;

  private final StoreParts parts;
  private final String digest;
  private final ToLongFunction<String> floor;
  private final FetchProgress progress;
  private final BooleanSupplier stop;
  private final SplittableRandom random = new SplittableRandom();

  private @Nullable SignedBundle signed;
  private @Nullable Arrival arrival;
  private @Nullable TrustRefusal refused;
  private int failures;
  private int refusals;
  private long best;

  Download(
      StoreParts parts,
      String digest,
      ToLongFunction<String> floor,
      FetchProgress progress,
      BooleanSupplier stop) {
    this.parts = parts;
    this.digest = digest;
    this.floor = floor;
    this.progress = progress;
    this.stop = stop;
  }

  FetchOutcome run() {
    try {
      while (true) {
        Optional<FetchOutcome> end = tried();
        if (end.isPresent()) {
          return end.get();
        }
        Waiting.sleep(parts.settings().backoff().delayNanos(Math.max(1, failures), random), stop);
      }
    } catch (StoppedException stopped) {
      return new FetchOutcome.Interrupted();
    }
  }

  /** Empty if it is worth another try. */
  private Optional<FetchOutcome> tried() throws StoppedException {
    try {
      return Optional.of(attempt());
    } catch (NotTrustedException untrusted) {
      return Optional.of(new FetchOutcome.Refused(untrusted.refusal()));
    } catch (NoRoomException full) {
      return Optional.of(new FetchOutcome.Unreachable(full.why()));
    } catch (IOException failed) {
      return failed(failed);
    }
  }

  private Optional<FetchOutcome> failed(IOException why) {
    Arrival known = arrival;
    long reached = known == null ? 0 : known.reachedBytes();
    failures = reached > best ? 1 : failures + 1;
    best = Math.max(best, reached);
    if (!(why instanceof LinkFailure)) {
      close(); // What the disk has is looked at again.
    }
    // A line that breaks every few seconds is not news as long as something comes over it.
    LOG.atLevel(failures > 1 ? Level.INFO : Level.DEBUG)
        .log(
            "a download broke off: digest={} bytes={} failures={} why={}",
            digest,
            reached,
            failures,
            why.getMessage());
    if (refused != null && refusals >= CONFIRMED) {
      return Optional.of(new FetchOutcome.Refused(refused));
    }
    return failures < parts.settings().attempts()
        ? Optional.empty()
        : Optional.of(new FetchOutcome.Unreachable(words(parts, why)));
  }

  /** For people: who is to blame. */
  static String words(StoreParts parts, IOException why) {
    return why instanceof LinkFailure
        ? parts.settings().url() + " " + why.getMessage()
        : "the disk fails: " + why;
  }

  private FetchOutcome attempt() throws IOException, StoppedException, NotTrustedException {
    parts.trust().keys().refresh(1, stop); // Where none are known yet.
    SignedBundle vouched = signed();
    Arrival coming = arrival(vouched);
    for (SignedFile file : vouched.statement().files()) {
      for (Optional<Piece> next = coming.missing(file, 0);
          next.isPresent();
          next = coming.missing(file, next.get().index())) {
        coming.bring(next.get());
      }
    }
    return finished(coming, vouched);
  }

  private Arrival arrival(SignedBundle vouched) throws IOException, StoppedException {
    Arrival known = arrival;
    if (known == null) {
      known = Arrival.open(parts, vouched, progress, stop);
      arrival = known;
    }
    return known;
  }

  private FetchOutcome finished(Arrival coming, SignedBundle vouched)
      throws IOException, NotTrustedException {
    Path part = parts.shelf().part(digest);
    coming.finish();
    var readback = new Readback(parts.disk(), part, vouched);
    Optional<String> damaged = readback.damaged();
    if (damaged.isPresent()) {
      throw new IOException(damaged.get() + " reads back as another one than was written");
    }
    Optional<TrustRefusal> refusal = readback.refusal(parts.trust().check());
    if (refusal.isPresent()) {
      close();
      parts.shelf().deletePart(digest);
      throw new NotTrustedException(refusal.get());
    }
    Path folder = parts.shelf().shelve(digest);
    LOG.info(
        "a bundle is there: digest={} bytes={} received={} copied={}",
        digest,
        coming.totalBytes(),
        coming.receivedBytes(),
        coming.copiedBytes());
    return new FetchOutcome.Fetched(folder, vouched.statement(), vouched.signer());
  }

  private SignedBundle signed() throws IOException, StoppedException, NotTrustedException {
    SignedBundle known = signed;
    if (known == null) {
      Optional<SignedBundle> saved = saved();
      known = saved.isPresent() ? saved.get() : asked();
      signed = known;
    }
    return known;
  }

  /** From an earlier try, if they count still. */
  private Optional<SignedBundle> saved() throws IOException {
    Optional<byte[]> bytes = parts.shelf().signatures(parts.shelf().part(digest));
    try {
      return bytes.isEmpty()
          ? Optional.empty()
          : Optional.of(parts.trust().check(bytes.get(), digest, floor));
    } catch (NotTrustedException noLonger) {
      return Optional.empty();
    }
  }

  private SignedBundle asked() throws IOException, StoppedException {
    byte[] bytes = parts.source().signatures(digest, stop);
    try {
      return parts.trust().checkAnew(bytes, digest, floor, stop);
    } catch (NotTrustedException untrusted) {
      boolean again = refused != null && refused.reason() == untrusted.refusal().reason();
      refusals = again ? refusals + 1 : 1;
      refused = untrusted.refusal();
      throw new LinkFailure("gives signatures that are not trusted, " + untrusted.refusal());
    }
  }

  @Override
  public void close() {
    Arrival known = arrival;
    arrival = null;
    if (known != null) {
      known.close();
    }
  }
}
