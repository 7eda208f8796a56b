package io.edgeflow.gateway.deploy;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.TrustRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** Bundles that somebody published, and which of them are on the edge's disk. */
final class MemorySource implements BundleSource {
  private final Map<String, Bundle> published = new ConcurrentHashMap<>();
  private final Map<String, Statement> statements = new ConcurrentHashMap<>();
  private final Set<String> here = ConcurrentHashMap.newKeySet();
  private volatile KeyDocument known;
  private volatile KeyDocument newest;
  volatile boolean away;

  /** Whether what is fetched goes on until somebody stops it. */
  volatile boolean endless;

  private final AtomicInteger endlessFetches = new AtomicInteger();
  private final AtomicInteger refreshes = new AtomicInteger();

  MemorySource(KeyDocument keys) {
    this.known = keys;
    this.newest = keys;
  }

  /** Digest of what is in the folder. */
  String publish(Path folder, long number) throws IOException {
    Bundle bundle =
        ((BundleRead.Good) new BundleReader(BundleLimits.STANDARD).read(folder)).bundle();
    String digest = bundle.digest().hex();
    published.put(digest, bundle);
    statements.put(
        digest, BundleTrust.statement(bundle, number, Instant.ofEpochSecond(1), Optional.empty()));
    return digest;
  }

  /** A later key document, which the edge has not fetched. */
  void rotate(KeyDocument next) {
    newest = next;
  }

  int refreshes() {
    return refreshes.get();
  }

  int endlessFetches() {
    return endlessFetches.get();
  }

  private FetchOutcome untilStopped(BooleanSupplier stop) {
    endlessFetches.incrementAndGet();
    while (!stop.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
    endlessFetches.decrementAndGet();
    return new FetchOutcome.Interrupted();
  }

  Set<String> here() {
    return Set.copyOf(here);
  }

  @Override
  public Optional<Path> folder(String digest) {
    return Optional.ofNullable(published.get(digest))
        .filter(_ -> here.contains(digest))
        .map(Bundle::folder);
  }

  @Override
  public FetchOutcome fetch(
      String digest, ToLongFunction<String> floor, FetchProgress progress, BooleanSupplier stop) {
    if (endless) {
      return untilStopped(stop);
    }
    Statement said = statements.get(digest);
    Bundle bundle = published.get(digest);
    if (said == null || bundle == null || (away && !here.contains(digest))) {
      return new FetchOutcome.Unreachable("nobody has it");
    }
    if (said.number() < floor.applyAsLong(said.model())) {
      return new FetchOutcome.Refused(
          new TrustRefusal(TrustRefusal.Reason.DOWNGRADED, "it is number " + said.number()));
    }
    progress.at(100, 100);
    here.add(digest);
    return new FetchOutcome.Fetched(bundle.folder(), said, "ada");
  }

  @Override
  public void keepOnly(Set<String> digests) {
    here.retainAll(digests);
  }

  @Override
  public KeySource keys() {
    return new KeySource() {
      @Override
      public Optional<KeyDocument> newest() {
        return Optional.of(known);
      }

      @Override
      public void refresh(int atLeast) {
        refreshes.incrementAndGet();
        known = newest;
      }
    };
  }
}
