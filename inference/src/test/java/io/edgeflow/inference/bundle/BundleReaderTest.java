package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.edgeflow.process.settings.Fault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleReaderTest {
  private final BundleReader reader = new BundleReader(new BundleLimits(1 << 20, 2 << 20));

  @TempDir private Path home;
  private Path folder;

  @BeforeEach
  void exampleBundle() throws IOException {
    folder = ExampleBundle.write(home.resolve("bundle"));
  }

  @Test
  void readsABundle() {
    Bundle bundle = good();
    assertEquals(Example.manifest(), bundle.manifest());
    assertEquals(1.5, bundle.parameters().thresholds().get("unusual"));
    assertEquals(
        Set.of("golden.json", "manifest.json", "model-fp16.onnx", "model.onnx", "parameters.json"),
        bundle.files().keySet());
    assertEquals(
        folder.resolve("model-fp16.onnx"),
        bundle.modelFile(Machine.of("Linux", "amd64", Machine.Provider.CUDA)));
    assertEquals(
        "pump-cavitation 1.2.0 (" + bundle.digest().hex().substring(0, 12) + ")", "" + bundle);
  }

  @Test
  void derivesTheDigestAsThePageSays() throws Exception {
    var text = new StringBuilder("edgeflow-bundle-1\n");
    for (String name :
        List.of(
            "golden.json", "manifest.json", "model-fp16.onnx", "model.onnx", "parameters.json")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      text.append("%s %d %s\n".formatted(name, bytes.length, sha256(bytes)));
    }
    assertEquals(sha256(text.toString().getBytes(StandardCharsets.UTF_8)), good().digest().hex());
  }

  @Test
  void tellsBundlesApartByAnyByteExceptTheSignatures() throws IOException {
    BundleDigest digest = good().digest();
    Files.writeString(folder.resolve("signatures.json"), "{}");
    assertEquals(digest, good().digest());
    for (String name : List.of("golden.json", "model.onnx", "model-fp16.onnx")) {
      Files.writeString(folder.resolve(name), Files.readString(folder.resolve(name)) + " ");
      assertNotEquals(digest, good().digest(), name);
      digest = good().digest();
    }
    Files.writeString(folder.resolve("README.md"), "");
    assertNotEquals(digest, good().digest());
  }

  @Test
  void refusesABundleThatLacksAFile() throws IOException {
    for (String name : List.of("manifest.json", "model.onnx", "golden.json", "model-fp16.onnx")) {
      byte[] bytes = Files.readAllBytes(folder.resolve(name));
      Files.delete(folder.resolve(name));
      assertEquals(new BundleRefusal.Missing(name), refusal());
      Files.write(folder.resolve(name), bytes);
    }
    Files.delete(folder.resolve("parameters.json"));
    var faulty = assertInstanceOf(BundleRefusal.Faulty.class, refusal());
    assertEquals(List.of("normalisation"), faulty.faults().stream().map(Fault::path).toList());
  }

  @Test
  void refusesWhatRidesAlong() throws IOException {
    Path script = Files.writeString(folder.resolve("install.sh"), "rm -rf /");
    assertEquals("install.sh", assertInstanceOf(BundleRefusal.Foreign.class, refusal()).entry());
    Files.delete(script);
    Path hidden = Files.writeString(folder.resolve(".hidden"), "");
    assertInstanceOf(BundleRefusal.Foreign.class, refusal());
    Files.delete(hidden);
    Files.createDirectory(folder.resolve("LICENSE"));
    assertEquals(new BundleRefusal.Foreign("LICENSE", "is no plain file"), refusal());
  }

  @Test
  void followsNoLinkOutOfTheFolder() throws IOException {
    Path secret = Files.writeString(home.resolve("secret"), "secret");
    Files.delete(folder.resolve("model.onnx"));
    Files.createSymbolicLink(folder.resolve("model.onnx"), secret);
    assertEquals(new BundleRefusal.Foreign("model.onnx", "is no plain file"), refusal());
  }

  @Test
  void refusesNamesThatLeaveTheFolder() throws IOException {
    for (String name :
        List.of(
            "../secret.onnx",
            "/etc/x.onnx",
            "a/b.onnx",
            "a\\\\b.onnx",
            "..onnx",
            "x\\u0000.onnx",
            "C:x.onnx",
            ".onnx")) {
      Files.writeString(
          folder.resolve("manifest.json"), Example.manifestText().replace("model-fp16.onnx", name));
      var faulty = assertInstanceOf(BundleRefusal.Faulty.class, refusal(), name);
      assertEquals("variants[0].file", faulty.faults().getFirst().path());
    }
  }

  @Test
  void refusesWhatIsTooLargeBeforeReadingIt() throws IOException {
    sparse("golden.json", 1L << 40);
    assertEquals(new BundleRefusal.TooLarge("golden.json", BundleLimits.MAX_GOLDEN), refusal());
    sparse("golden.json", 100);
    sparse("model.onnx", (1 << 20) + 1);
    assertEquals(new BundleRefusal.TooLarge("model.onnx", 1 << 20), refusal());
    sparse("model.onnx", 1 << 20);
    sparse("model-fp16.onnx", 1 << 20);
    assertEquals(new BundleRefusal.TooLarge("the bundle", 2 << 20), refusal());
    sparse("manifest.json", (256 << 10) + 1);
    assertEquals(new BundleRefusal.TooLarge("manifest.json", 256 << 10), refusal());
  }

  @Test
  void refusesTooManyFilesAndNoFolderAtAll() throws IOException {
    assertInstanceOf(BundleRefusal.NoFolder.class, refusal(home.resolve("nowhere")));
    assertInstanceOf(BundleRefusal.NoFolder.class, refusal(folder.resolve("model.onnx")));
    for (int i = 0; i < 200; i++) {
      Files.writeString(folder.resolve("f" + i), "");
    }
    assertEquals(new BundleRefusal.Foreign("the folder", "has too many files"), refusal());
  }

  @Test
  void refusesAnEmptyModel() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "");
    assertEquals(new BundleRefusal.Unreadable("model.onnx", "is empty"), refusal());
  }

  @Test
  void noticesADocumentThatChangedSince() throws IOException {
    Bundle bundle = good();
    var content =
        assertInstanceOf(BundleContent.Bytes.class, reader.content(bundle, Bundle.GOLDEN_FILE));
    assertArrayEquals(Files.readAllBytes(folder.resolve("golden.json")), content.bytes());
    Files.writeString(folder.resolve("golden.json"), "[]");
    assertEquals(
        new BundleContent.Refused(new BundleRefusal.Unreadable("golden.json", "has changed")),
        reader.content(bundle, Bundle.GOLDEN_FILE));
    assertEquals(
        new BundleContent.Refused(new BundleRefusal.Missing("../secret")),
        reader.content(bundle, "../secret"));
  }

  private void sparse(String name, long length) throws IOException {
    try (var file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.setLength(length);
    }
  }

  private Bundle good() {
    BundleRead read = reader.read(folder);
    return assertInstanceOf(BundleRead.Good.class, read, read::toString).bundle();
  }

  private BundleRefusal refusal() {
    return refusal(folder);
  }

  private BundleRefusal refusal(Path from) {
    return assertInstanceOf(BundleRead.Refused.class, reader.read(from)).refusal();
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
