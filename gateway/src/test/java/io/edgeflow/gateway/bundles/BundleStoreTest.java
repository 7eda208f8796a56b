package io.edgeflow.gateway.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.deploy.FetchOutcome;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class BundleStoreTest extends StoreTest {

  private Published served(Published bundle) {
    rig.cloud.serve(bundle);
    return bundle;
  }

  private static byte[] bytes(int count) {
    return TestPublisher.random(count, count);
  }

  @Test
  void fetchesModelsAndApplicationsAndFindsThemWithoutNetwork() throws IOException {
    Published model = served(rig.publisher.model("1", 1, bytes(10 * CHUNK + 1)));
    Published application = served(rig.publisher.application("2", 1, bytes(CHUNK)));
    rig.fetched(model);
    rig.fetched(application);
    rig.cloud.close();
    try (BundleStore store = rig.open()) {
      StoreRig.assertIs(model, store.folder(model.digest()).orElseThrow());
      StoreRig.assertIs(application, store.folder(application.digest()).orElseThrow());
      assertInstanceOf(FetchOutcome.Fetched.class, StoreRig.fetch(store, model));
    }
  }

  @Test
  void opensWhateverLiesInItsFolder() throws IOException {
    Path odd = Files.createDirectories(rig.folder.resolve("b".repeat(64)));
    Files.createDirectories(odd.resolve("signatures.json"));
    Files.createDirectories(rig.folder.resolve("odd.tmp").resolve("full"));
    Path keys = Files.createDirectories(rig.folder.resolve("keys.json"));
    Path floor = Files.createDirectories(rig.folder.resolve("keys.floor"));
    Files.writeString(rig.folder.resolve("c".repeat(64)), "no folder");
    Files.writeString(rig.folder.resolve("d".repeat(64) + ".part"), "no folder");
    rig.open().close();
    Files.delete(keys);
    Files.delete(floor);
    rig.fetched(served(rig.publisher.application("1", 1, bytes(CHUNK))));
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(20 * CHUNK)));
    var last = new AtomicLong();
    try (BundleStore store = rig.open()) {
      store.fetch(
          bundle.digest(),
          _ -> 0,
          (done, total) -> {
            assertEquals(bundle.bytes(), total);
            assertTrue(done >= last.getAndSet(done), "goes back");
          },
          () -> false);
    }
    assertEquals(bundle.bytes(), last.get());
  }

  @Test
  void keepsToTheRateThatIsSetAndAsksWhetherTelemetryWaits() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(40 * CHUNK)));
    var asked = new AtomicLong();
    rig.maxBytesPerSecond = 160 * CHUNK;
    rig.behind =
        () -> {
          asked.incrementAndGet();
          return false;
        };
    long began = System.nanoTime();
    rig.fetched(bundle);
    assertTrue(System.nanoTime() - began > 200_000_000L, "faster than it may");
    assertTrue(asked.get() >= 10, "asked " + asked);
  }

  @Test
  void stopsWhenItIsToldToAndKeepsWhatIsThere() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(40 * CHUNK)));
    var done = new AtomicLong();
    try (BundleStore store = rig.open()) {
      FetchOutcome outcome =
          store.fetch(
              bundle.digest(), _ -> 0, (at, _) -> done.set(at), () -> done.get() > 20 * CHUNK);
      assertInstanceOf(FetchOutcome.Interrupted.class, outcome, outcome::toString);
    }
    long before = done.get();
    try (BundleStore store = rig.open()) {
      done.set(-1);
      store.fetch(bundle.digest(), _ -> 0, (at, _) -> done.compareAndSet(-1, at), () -> false);
    }
    assertTrue(done.get() > before - CHUNK, before + " then " + done.get());
  }

  @Test
  void copiesPiecesThatOtherBundlesHave() throws IOException {
    byte[] weights = bytes(30 * CHUNK);
    rig.fetched(served(rig.publisher.application("1", 1, weights)));
    Published next = served(rig.publisher.application("2", 2, weights));
    rig.cloud.asked.clear();
    rig.fetched(next);
    assertEquals(0, rig.cloud.askedFor("node.tar.gz"), "asked for what was there");
    assertEquals(1, rig.cloud.askedFor("manifest.json"));
  }

  @Test
  void asksAgainForPiecesThatAreNotWhatTheyWereInTheOtherBundle() throws IOException {
    byte[] weights = bytes(30 * CHUNK);
    Published first = served(rig.publisher.application("1", 1, weights));
    rig.fetched(first);
    damage(rig.folder.resolve(first.digest()).resolve("node.tar.gz"), 7 * CHUNK + 5);
    rig.cloud.asked.clear();
    rig.fetched(served(rig.publisher.application("2", 2, weights)));
    assertEquals(1, rig.cloud.askedFor("node.tar.gz"));
  }

  @Test
  void mendsABundleThatTheDiskForgotAPartOf() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(30 * CHUNK)));
    rig.fetched(bundle);
    damage(rig.folder.resolve(bundle.digest()).resolve("node.tar.gz"), 7 * CHUNK + 5);
    rig.cloud.asked.clear();
    rig.fetched(bundle);
    assertEquals(1, rig.cloud.askedFor("node.tar.gz"));
  }

  @Test
  void finishesAnEmptyFileAndRepeatedPieces() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, new byte[9 * CHUNK]));
    Published empty = served(rig.publisher.application("2", 2, new byte[0]));
    rig.requestBytes = 1;
    rig.fetched(bundle);
    assertEquals(1, rig.cloud.askedFor("node.tar.gz"), "the same zeros twice");
    rig.fetched(empty);
  }

  @Test
  void keepsWhatItIsToldToAndPutsAsideWhatIsNoBundle() throws IOException {
    Published one = served(rig.publisher.application("1", 1, bytes(CHUNK)));
    Published two = served(rig.publisher.application("2", 2, bytes(CHUNK + 1)));
    rig.fetched(one);
    rig.fetched(two);
    Files.createDirectories(rig.folder.resolve("0".repeat(64)));
    Files.writeString(rig.folder.resolve("strange"), "?");
    Path unfinished = rig.folder.resolve("1".repeat(64) + ".part");
    Files.createDirectories(unfinished);
    try (BundleStore store = rig.open()) {
      assertEquals(Optional.empty(), store.folder("0".repeat(64)));
      assertTrue(Files.exists(rig.folder.resolve("aside/strange")));
      assertTrue(Files.exists(unfinished));
      store.keepOnly(Set.of(two.digest()));
      assertEquals(Optional.empty(), store.folder(one.digest()));
      assertFalse(Files.exists(rig.folder.resolve(one.digest())));
      assertFalse(Files.exists(unfinished));
      StoreRig.assertIs(two, store.folder(two.digest()).orElseThrow());
      assertEquals(2, store.keys().number());
    }
  }

  @Test
  void doesNotBeginWhatDoesNotFit() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(4 * CHUNK)));
    rig.freeSpaceFloor = Long.MAX_VALUE / 2;
    String why = rig.unreachable(bundle);
    assertTrue(why.startsWith("no room: "), why);
    assertEquals(0, rig.cloud.askedFor("node.tar.gz"));
  }

  @Test
  void givesFilesToBeServedAndNothingElse() throws IOException {
    Published bundle = served(rig.publisher.application("1", 1, bytes(CHUNK)));
    rig.fetched(bundle);
    try (BundleStore store = rig.open();
        FileChannel image = store.open(bundle.digest(), "node.tar.gz").orElseThrow();
        FileChannel signatures = store.open(bundle.digest(), "signatures.json").orElseThrow()) {
      assertEquals(CHUNK, image.size());
      assertEquals(bundle.signatures().length, signatures.size());
      assertEquals(Optional.empty(), store.open(bundle.digest(), "../keys.json"));
      assertEquals(Optional.empty(), store.open(bundle.digest(), "other"));
      assertEquals(Optional.empty(), store.open("..", "keys.json"));
    }
  }

  private static void damage(Path file, int at) throws IOException {
    assertTrue(file.toFile().setWritable(true));
    byte[] bytes = Files.readAllBytes(file);
    bytes[at]++;
    Files.write(file, bytes);
  }
}
