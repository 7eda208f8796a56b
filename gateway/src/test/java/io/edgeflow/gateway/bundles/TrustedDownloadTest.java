package io.edgeflow.gateway.bundles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.bundles.TestPublisher.Published;
import io.edgeflow.gateway.deploy.FetchOutcome;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is not signed as it should be does not get onto the shelf (R5). */
final class TrustedDownloadTest extends StoreTest {

  private static SortedMap<String, byte[]> files() {
    return TestPublisher.modelFiles("1", TestPublisher.random(1, 3 * CHUNK));
  }

  private Published served(Statement said, SigningKey key) {
    Published bundle = rig.publisher.signed(said, files(), key);
    rig.cloud.serve(bundle);
    return bundle;
  }

  private Statement statement(String version, long notAfter) {
    return TestPublisher.statement("level", version, 7, files(), CHUNK, notAfter);
  }

  @Test
  void refusesWhatNobodySigned() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    rig.cloud.serve(bundle.digest(), "signatures.json", new byte[0]);
    rig.refused(Reason.UNSIGNED, bundle);
    rig.cloud.serve(
        bundle.digest(), "signatures.json", bundle.statement().envelope().text().getBytes(UTF_8));
    rig.refused(Reason.UNSIGNED, bundle);
    rig.cloud.serve(bundle.digest(), "signatures.json", "<html>".getBytes(UTF_8));
    rig.refused(Reason.UNREADABLE, bundle);
  }

  @Test
  void refusesAnUnknownSigner() throws IOException {
    rig.refused(Reason.UNKNOWN_SIGNER, served(statement("1", 0), SigningKey.generate()));
    assertEquals(0, rig.cloud.askedFor("model.onnx"), "fetched what nobody vouches for");
  }

  @Test
  void refusesAnotherBundleUnderThisDigest() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    Published other = rig.publisher.application("9", 9, new byte[1]);
    rig.cloud.serve(bundle.digest(), "signatures.json", other.signatures());
    rig.refused(Reason.TAMPERED, bundle);
  }

  @Test
  void refusesWhatIsExpiredOnlyWhileTheClockIsBelieved() throws IOException {
    Instant end = Instant.parse("2026-03-01T00:00:00Z");
    Published bundle = served(statement("1", end.toEpochMilli()), rig.publisher.ada);
    rig.refused(Reason.EXPIRED, bundle);
    rig.now = Optional.empty();
    rig.fetched(bundle);
  }

  @Test
  void refusesWhatIsOlderThanWhatServedHere() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    try (BundleStore store = rig.open()) {
      FetchOutcome outcome =
          store.fetch(
              bundle.digest(), model -> model.equals("level") ? 8 : 0, (_, _) -> {}, () -> false);
      assertEquals(
          Reason.DOWNGRADED,
          assertInstanceOf(FetchOutcome.Refused.class, outcome).refusal().reason());
    }
    rig.fetched(bundle);
  }

  @Test
  void refusesADigestThatDoesNotFollowFromTheFiles() throws IOException {
    Statement said = statement("1", 0);
    Statement lie =
        new Statement(1, "level", "1", 7, "a".repeat(64), CHUNK, said.files(), said.signed(), 0);
    rig.refused(Reason.TAMPERED, served(lie, rig.publisher.ada));
  }

  @Test
  void refusesABundleThatIsNotInOrderOrAnotherVersion() throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>(files());
    files.put("strange.exe", new byte[1]);
    Published strange =
        rig.publisher.signed(TestPublisher.statement("level", "1", 7, files, CHUNK, 0), files);
    rig.cloud.serve(strange);
    rig.refused(Reason.UNREADABLE, strange);
    rig.refused(Reason.TAMPERED, served(statement("2", 0), rig.publisher.ada));
    Published application = rig.publisher.application("1", 1, new byte[1]);
    Published named =
        rig.publisher.signed(
            TestPublisher.statement("node", "2", 1, application.files(), CHUNK, 0),
            application.files());
    rig.cloud.serve(named);
    rig.refused(Reason.TAMPERED, named);
  }

  @Test
  void followsTheKeysWhereSomebodyNewSigned() throws IOException {
    rig.fetched(served(statement("1", 0), rig.publisher.ada));
    SigningKey bob = SigningKey.generate();
    rig.publisher.publishers(Map.of("bob", bob));
    rig.cloud.keys(rig.publisher);
    Published next = rig.publisher.application("2", 2, new byte[CHUNK]);
    Published bobs = rig.publisher.signed(next.statement(), next.files(), bob);
    rig.cloud.serve(bobs);
    rig.fetched(bobs);
    try (BundleStore store = rig.open()) {
      assertEquals(3, store.keys().number());
    }
  }

  @Test
  void putsNothingOnTheShelfWhoseSignerWasTakenOutMeanwhile() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    try (BundleStore store = rig.open()) {
      FetchOutcome outcome =
          store.fetch(
              bundle.digest(),
              _ -> 0,
              (done, _) -> {
                if (done > CHUNK && store.keys().number() == 2) {
                  rig.publisher.publishers(Map.of("bob", SigningKey.generate()));
                  rig.cloud.keys(rig.publisher);
                  store.keys().refresh(3);
                }
              },
              () -> false);
      assertEquals(
          Reason.UNKNOWN_SIGNER,
          assertInstanceOf(FetchOutcome.Refused.class, outcome).refusal().reason());
      assertEquals(Optional.empty(), store.folder(bundle.digest()));
    }
  }

  @Test
  void blamesNobodyWhereThereAreNoKeysYet() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    rig.cloud.liar =
        (asked, _) ->
            asked.path().equals("keys")
                ? Optional.of(TestCloud.answer("404 No", "", new byte[0]))
                : Optional.empty();
    String why = rig.unreachable(bundle);
    assertTrue(why.contains("no keys"), why);
    rig.cloud.liar = (_, _) -> Optional.empty();
    rig.fetched(bundle);
  }

  @Test
  void asksOnceMoreWhereWhatItSavedCountsNoLonger() throws IOException {
    Published bundle = served(statement("1", 0), rig.publisher.ada);
    rig.attempts = 1;
    rig.cloud.dropAfter(rig.publisher.keys().length + bundle.signatures().length + 2 * CHUNK);
    rig.unreachable(bundle);
    SigningKey bob = SigningKey.generate();
    rig.publisher.publishers(Map.of("bob", bob));
    rig.cloud.keys(rig.publisher);
    Published bobs = served(bundle.statement(), bob);
    try (BundleStore store = rig.open()) {
      store.keys().refresh(3);
    }
    rig.fetched(bobs);
    assertTrue(Files.exists(rig.folder.resolve(bobs.digest())));
  }
}
