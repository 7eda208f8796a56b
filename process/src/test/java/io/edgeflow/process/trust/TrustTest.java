package io.edgeflow.process.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.TrustRefusal.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rule R5, by its breaches. */
final class TrustTest {
  private static final String DIGEST = BundleFiles.digest(entries(files()));
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SigningKey root = SigningKey.generate();
  private final SigningKey ada = SigningKey.generate();
  private final KeyChain chain =
      KeyChain.begin(root).then(document(2, root, Map.of("ada", of(ada))), root);

  /** The first vector of RFC 8032, section 7.1. */
  @Test
  void verifiesWhatTheStandardSays() {
    byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
    byte[] raw =
        HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    byte[] form = new byte[prefix.length + raw.length];
    System.arraycopy(prefix, 0, form, 0, prefix.length);
    System.arraycopy(raw, 0, form, prefix.length, raw.length);
    var key = new VerifyingKey(Base64.getEncoder().encodeToString(form));
    byte[] signature =
        HexFormat.of()
            .parseHex(
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                    + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
    assertTrue(key.verifies(new byte[0], signature));
    assertFalse(key.verifies(new byte[1], signature));
    assertFalse(key.verifies(new byte[0], new byte[64]));
    assertFalse(key.verifies(new byte[0], new byte[3]));
  }

  @Test
  void takesOrdersOfControllersAlone() {
    SigningKey cloud = SigningKey.generate();
    var keys =
        new KeyDocument(
            1,
            2,
            List.of(root.verifying()),
            Map.of("ada", of(ada)),
            Map.of("cloud", new Publisher(cloud.verifying(), NOW.toEpochMilli())));
    var check = new OrderCheck(keys, Optional.of(NOW));
    Envelope order = Envelope.around("order", "do it");
    byte[] signed = order.signedBy(cloud).text().getBytes(UTF_8);
    OrderCheck.Trusted taken =
        assertInstanceOf(OrderCheck.Trusted.class, check.check(signed, "order", 4096));
    assertEquals("do it", taken.payload());
    assertEquals("cloud", taken.signer());
    assertEquals(Reason.UNKNOWN_SIGNER, refused(check, signed, "another order"));
    assertEquals(
        Reason.UNKNOWN_SIGNER, refused(check, order.signedBy(ada).text().getBytes(UTF_8), "order"));
    assertEquals(Reason.UNSIGNED, refused(check, order.text().getBytes(UTF_8), "order"));
    assertEquals(Reason.UNREADABLE, refused(check, new byte[5000], "order"));
    assertEquals(Reason.UNREADABLE, refused(check, "{}".getBytes(UTF_8), "order"));
    byte[] padded = (new String(signed, UTF_8) + " ".repeat(4096)).getBytes(UTF_8);
    assertEquals(Reason.UNREADABLE, refused(check, padded, "order"), "signed and too long");
    var later = new OrderCheck(keys, Optional.of(NOW.plusSeconds(1)));
    assertEquals(Reason.EXPIRED, refused(later, signed, "order"));
    var unsure = new OrderCheck(keys, Optional.empty());
    assertInstanceOf(OrderCheck.Trusted.class, unsure.check(signed, "order", 4096));
    String altered = new String(signed, UTF_8).replace("ZG8gaXQ=", "ZG8gaVQ=");
    assertEquals(Reason.UNKNOWN_SIGNER, refused(check, altered.getBytes(UTF_8), "order"));
  }

  private static Reason refused(OrderCheck check, byte[] bytes, String type) {
    return assertInstanceOf(OrderCheck.Refused.class, check.check(bytes, type, 4096))
        .refusal()
        .reason();
  }

  @Test
  void aKeyIsWhatWasWritten() {
    SigningKey again = SigningKey.parse(ada.pem());
    assertEquals(ada.verifying(), again.verifying());
    assertFalse(ada.toString().contains("PRIVATE"));
    String mixed =
        ada.pem().substring(0, ada.pem().indexOf("-----BEGIN PUBLIC"))
            + root.pem().substring(root.pem().indexOf("-----BEGIN PUBLIC"));
    assertThrows(IllegalArgumentException.class, () -> SigningKey.parse(mixed));
    assertThrows(IllegalArgumentException.class, () -> SigningKey.parse("garbage"));
    assertThrows(IllegalArgumentException.class, () -> new VerifyingKey("AAAA"));
  }

  @Test
  void aPublisherThatARootNamesIsTrusted() {
    var trusted =
        assertInstanceOf(
            StatementCheck.Trusted.class, check(newest(chain), statement(7, 0).signedBy(ada), 7));
    assertEquals("ada", trusted.signer());
    assertEquals(7, trusted.statement().number());
  }

  @Test
  void nobodyElseIs() {
    SigningKey eve = SigningKey.generate();
    KeyDocument keys = newest(chain);
    assertEquals(Reason.UNSIGNED, reason(check(keys, statement(7, 0), 0)));
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, statement(7, 0).signedBy(eve), 0)));
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, statement(7, 0).signedBy(root), 0)));
    Envelope good = statement(7, 0).signedBy(ada);
    Envelope claimed =
        new Envelope(
            good.payloadType(),
            statement(7, 0).signedBy(eve).payload(),
            List.of(
                new Envelope.Sig(
                    ada.verifying().id(),
                    statement(7, 0).signedBy(eve).signatures().getFirst().sig())));
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, claimed, 0)));
  }

  /** A signature is for one payload of one type. */
  @Test
  void nothingOfASignedEnvelopeCanBeExchanged() {
    Envelope good = statement(7, 0).signedBy(ada);
    KeyDocument keys = newest(chain);
    Envelope otherPayload =
        new Envelope(good.payloadType(), statement(8, 0).payload(), good.signatures());
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, otherPayload, 0)));
    Envelope otherType = new Envelope("text/plain", good.payload(), good.signatures());
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, otherType, 0)));
    Envelope keysAsBundle = chain.chain().getFirst();
    assertEquals(Reason.UNKNOWN_SIGNER, reason(check(keys, keysAsBundle, 0)));
  }

  @Test
  void aBundleThatIsNotTheSignedOneIsTamperedWith() {
    var verdict =
        new StatementCheck(newest(chain), Optional.of(NOW))
            .check(bytes(statement(7, 0).signedBy(ada)), "cd".repeat(32), 0);
    assertEquals(Reason.TAMPERED, reason(verdict));
  }

  @Test
  void anOlderNumberThanOneThatWasTakenIsADowngrade() {
    Envelope seven = statement(7, 0).signedBy(ada);
    assertEquals(Reason.DOWNGRADED, reason(check(newest(chain), seven, 8)));
  }

  @Test
  void expiryNeedsABelievedClock() {
    Envelope past = statement(7, NOW.minusMillis(1).toEpochMilli()).signedBy(ada);
    assertEquals(Reason.EXPIRED, reason(check(newest(chain), past, 0)));
    assertInstanceOf(
        StatementCheck.Trusted.class,
        new StatementCheck(newest(chain), Optional.empty()).check(bytes(past), DIGEST, 0));
    Envelope good = statement(7, NOW.toEpochMilli()).signedBy(ada);
    assertInstanceOf(StatementCheck.Trusted.class, check(newest(chain), good, 0));

    var old = new Publisher(ada.verifying(), NOW.minusMillis(1).toEpochMilli());
    KeyChain ended = chain.then(document(3, root, Map.of("ada", old)), root);
    assertEquals(Reason.EXPIRED, reason(check(newest(ended), statement(7, 0).signedBy(ada), 0)));
  }

  /** With the first root alone a whole history of keys is followed. */
  @Test
  void keysAreReplacedByAChain() {
    SigningKey next = SigningKey.generate();
    SigningKey bob = SigningKey.generate();
    KeyChain replaced =
        chain
            .then(document(3, next, Map.of("ada", of(ada))), root)
            .then(document(4, next, Map.of("bob", of(bob))), next);
    KeyDocument keys = newest(replaced);
    assertEquals(4, keys.number());
    assertInstanceOf(StatementCheck.Trusted.class, check(keys, statement(7, 0).signedBy(bob), 0));
    assertEquals(
        Reason.UNKNOWN_SIGNER,
        reason(check(keys, statement(7, 0).signedBy(ada), 0)),
        "who is not named any more does not count any more");

    KeyChain byTheOldRoot = replaced.then(document(5, root, Map.of()), root);
    assertEquals(Reason.UNKNOWN_SIGNER, reason(read(byTheOldRoot, 0)));
  }

  @Test
  void aChainThatIsCutOffOrReorderedIsNotFollowed() {
    KeyChain three = chain.then(document(3, root, Map.of()), root);
    assertEquals(Reason.DOWNGRADED, reason(read(new KeyChain(three.chain().subList(0, 2)), 3)));
    assertEquals(Reason.TAMPERED, reason(read(new KeyChain(three.chain().subList(1, 3)), 0)));
    assertEquals(
        Reason.TAMPERED,
        reason(
            read(
                new KeyChain(
                    List.of(three.chain().get(0), three.chain().get(2), three.chain().get(1))),
                0)));
    assertEquals(
        Reason.UNKNOWN_SIGNER,
        reason(KeyChain.read(text(three), SigningKey.generate().verifying(), 0)));
  }

  /** Whatever is changed in a file: an answer, and never a document that nobody signed. */
  @Test
  void garbageIsRefused() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    byte[] good = bytes(statement(7, 0).signedBy(ada));
    byte[] keys = text(chain);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      if (new StatementCheck(newest(chain), Optional.of(NOW)).check(bad, DIGEST, 0)
          instanceof StatementCheck.Trusted(Statement said, String signer)) {
        assertEquals(7, said.number(), "seed " + seed);
        assertEquals("ada", signer, "seed " + seed);
      }
      byte[] cut = keys.clone();
      cut[random.nextInt(cut.length)] ^= (byte) (1 << random.nextInt(8));
      if (KeyChain.read(cut, root.verifying(), 0)
          instanceof KeyChain.Good(KeyChain _, var newest)) {
        assertEquals(newest(chain), newest, "seed " + seed);
      }
    }
    assertEquals(Reason.UNREADABLE, reason(KeyChain.read(new byte[3], root.verifying(), 0)));
  }

  @Test
  void aStatementHasAHashForEachPiece() {
    String hash = "0".repeat(64);
    List<String> one = new ArrayList<>(List.of(hash));
    assertThrows(
        IllegalArgumentException.class,
        () -> statement(List.of(new Statement.SignedFile("model.onnx", 4097, hash, one))));
    statement(List.of(new Statement.SignedFile("model.onnx", 4096, hash, one)));
  }

  /** As large as a bundle's files may be together: 2 GiB, in pieces of 256 KiB. */
  @Test
  void aLargeBundleIsTrustedToo() {
    List<Statement.SignedFile> files = new ArrayList<>();
    for (String name : List.of("model.onnx", "weights.onnx")) {
      List<String> pieces = Collections.nCopies(4096, "4".repeat(64));
      files.add(new Statement.SignedFile(name, 1L << 30, "1".repeat(64), pieces));
    }
    String digest = BundleFiles.digest(entries(files));
    Envelope large =
        new Statement(1, "pump", "1.0", 7, digest, Statement.CHUNK_BYTES, files, 0, 0)
            .envelope()
            .signedBy(ada);
    byte[] text = large.text().getBytes(UTF_8);
    var verdict = new StatementCheck(newest(chain), Optional.of(NOW)).check(text, digest, 0);
    assertInstanceOf(StatementCheck.Trusted.class, verdict);
  }

  /** Who signs a digest of her own choice could have two bundles taken for one. */
  @Test
  void aDigestThatDoesNotFollowFromTheFilesIsTampered() {
    String other = "ab".repeat(32);
    Envelope lie = new Statement(1, "pump", "1.0", 7, other, 4096, files(), 0, 0).envelope();
    byte[] signed = bytes(lie.signedBy(ada));
    var check = new StatementCheck(newest(chain), Optional.of(NOW));
    assertEquals(Reason.TAMPERED, reason(check.check(signed)));
    assertEquals(Reason.TAMPERED, reason(check.check(signed, other, 0)));
    byte[] good = bytes(statement(7, 0).signedBy(ada));
    assertInstanceOf(StatementCheck.Trusted.class, check.check(good));
  }

  /** By hand: {@code printf 'edgeflow-bundle-1\na.txt 1 …\nb.txt 2 …\n' | sha256sum}. */
  @Test
  void theDigestIsWhatTheDocumentSays() {
    var a = new BundleFiles.Entry("a.txt", 1, "1".repeat(64));
    var b = new BundleFiles.Entry("b.txt", 2, "2".repeat(64));
    String digest = "7c96e9f55a05976c8ef9ef83e4783255a4ea46cba8ec8732e066e6d8c36e5686";
    assertEquals(digest, BundleFiles.digest(List.of(a, b)));
    assertEquals(digest, BundleFiles.digest(List.of(b, a)));
  }

  @Test
  void noNameLeadsOutOfItsFolderOrIntoTheNextLine() {
    String hash = "0".repeat(64);
    for (String name :
        List.of(
            "../root.pub",
            "/etc/passwd",
            "a/b",
            "a\\b",
            "..",
            ".",
            "",
            ".hidden",
            "a.txt 1 " + hash + "\nb.txt",
            "a b",
            "nul\0",
            "x".repeat(65),
            "signatures.json")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> new Statement.SignedFile(name, 1, hash, List.of(hash)),
          name);
    }
    var twice = new Statement.SignedFile("a.txt", 1, hash, List.of(hash));
    assertThrows(IllegalArgumentException.class, () -> statement(List.of(twice, twice)));
  }

  private static List<BundleFiles.Entry> entries(List<Statement.SignedFile> files) {
    return files.stream()
        .map(one -> new BundleFiles.Entry(one.name(), one.length(), one.sha256()))
        .toList();
  }

  private static Publisher of(SigningKey key) {
    return new Publisher(key.verifying(), 0);
  }

  private static KeyDocument document(
      int number, SigningKey nextRoot, Map<String, Publisher> publishers) {
    return new KeyDocument(1, number, List.of(nextRoot.verifying()), publishers, Map.of());
  }

  private static Envelope statement(long number, long notAfter) {
    return new Statement(
            1, "pump", "1.0", number, DIGEST, 4096, files(), NOW.toEpochMilli(), notAfter)
        .envelope();
  }

  private static Statement statement(List<Statement.SignedFile> files) {
    return new Statement(1, "pump", "1.0", 1, DIGEST, 4096, files, 0, 0);
  }

  private static List<Statement.SignedFile> files() {
    return List.of(
        new Statement.SignedFile(
            "model.onnx", 5000, "1".repeat(64), List.of("2".repeat(64), "3".repeat(64))));
  }

  private KeyDocument newest(KeyChain of) {
    return assertInstanceOf(KeyChain.Good.class, read(of, 0)).newest();
  }

  private KeyChain.Read read(KeyChain of, int floor) {
    return KeyChain.read(text(of), root.verifying(), floor);
  }

  private static byte[] text(KeyChain of) {
    return of.text().getBytes(UTF_8);
  }

  private static byte[] bytes(Envelope envelope) {
    byte[] json = envelope.text().getBytes(UTF_8);
    assertEquals(new Document.Good<>(envelope), Envelope.read(json, "test"));
    return json;
  }

  private static StatementCheck.Verdict check(KeyDocument keys, Envelope envelope, long floor) {
    return new StatementCheck(keys, Optional.of(NOW)).check(bytes(envelope), DIGEST, floor);
  }

  private static Reason reason(StatementCheck.Verdict verdict) {
    return assertInstanceOf(StatementCheck.Refused.class, verdict).refusal().reason();
  }

  private static Reason reason(KeyChain.Read read) {
    return assertInstanceOf(KeyChain.Refused.class, read).refusal().reason();
  }
}
