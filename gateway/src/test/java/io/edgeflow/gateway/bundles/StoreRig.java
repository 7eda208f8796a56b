package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A store in a folder, before a cloud of the test. */
final class StoreRig implements AutoCloseable {
  final TestPublisher publisher = new TestPublisher();
  final TestCloud cloud;
  final Path folder;
  Disk disk = new NioDisk();
  int attempts = 4;
  int requestBytes = 16 * 1024;
  long freeSpaceFloor;
  long maxBytesPerSecond = Long.MAX_VALUE;
  BooleanSupplier behind = () -> false;
  Optional<DownloadSettings.Login> login = Optional.empty();
  Duration patience = Duration.ofSeconds(20);
  volatile Optional<Instant> now = Optional.of(Instant.parse("2026-06-01T00:00:00Z"));

  StoreRig(Path folder) throws IOException {
    this.folder = folder;
    this.cloud = new TestCloud();
    cloud.keys(publisher);
  }

  /** As after a start of the process. */
  BundleStore open() throws IOException {
    return BundleStore.open(
        disk,
        folder,
        publisher.root.verifying(),
        new DownloadSettings(
            cloud.url(),
            login,
            maxBytesPerSecond,
            patience,
            new Backoff(1_000_000, 2_000_000),
            attempts,
            requestBytes,
            freeSpaceFloor),
        behind,
        () -> now);
  }

  FetchOutcome fetch(Published bundle) throws IOException {
    try (BundleStore store = open()) {
      return fetch(store, bundle);
    }
  }

  static FetchOutcome fetch(BundleStore store, Published bundle) {
    return store.fetch(bundle.digest(), _ -> 0, (_, _) -> {}, () -> false);
  }

  /** It must be there then, to the byte. */
  void fetched(Published bundle) throws IOException {
    try (BundleStore store = open()) {
      fetched(store, bundle);
    }
  }

  static void fetched(BundleStore store, Published bundle) throws IOException {
    FetchOutcome outcome = fetch(store, bundle);
    var fetched = assertInstanceOf(FetchOutcome.Fetched.class, outcome, outcome::toString);
    assertEquals(bundle.statement(), fetched.statement());
    assertIs(bundle, fetched.folder());
  }

  String unreachable(Published bundle) throws IOException {
    FetchOutcome outcome = fetch(bundle);
    return assertInstanceOf(FetchOutcome.Unreachable.class, outcome, outcome::toString).why();
  }

  void refused(Reason reason, Published bundle) throws IOException {
    FetchOutcome outcome = fetch(bundle);
    var refused = assertInstanceOf(FetchOutcome.Refused.class, outcome, outcome::toString);
    assertEquals(reason, refused.refusal().reason(), refused.refusal()::toString);
    try (BundleStore store = open()) {
      assertEquals(Optional.empty(), store.folder(bundle.digest()));
    }
  }

  static void assertIs(Published bundle, Path found) throws IOException {
    var names = new TreeSet<>(bundle.files().keySet());
    names.add("signatures.json");
    try (Stream<Path> there = Files.list(found)) {
      assertEquals(names, new TreeSet<>(there.map(file -> file.getFileName().toString()).toList()));
    }
    for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
      assertArrayEquals(
          file.getValue(), Files.readAllBytes(found.resolve(file.getKey())), file.getKey());
    }
    assertArrayEquals(bundle.signatures(), Files.readAllBytes(found.resolve("signatures.json")));
  }

  @Override
  public void close() throws IOException {
    cloud.close();
  }
}
