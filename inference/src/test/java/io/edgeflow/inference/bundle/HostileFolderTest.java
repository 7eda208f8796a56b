package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is in the folder: a bundle with the digest of its bytes, or a refusal that says why. */
final class HostileFolderTest {
  private static final List<String> NAMES =
      List.of("manifest.json", "parameters.json", "golden.json", "model.onnx", "model-fp16.onnx");
  private static final List<String> FOREIGN =
      List.of(
          ".ssh", "a b", "model.onnx~", "MODEL.ONNX", "manifest.json.tmp", "-rf", "ä.onnx", "x");

  private final BundleReader reader = new BundleReader(new BundleLimits(1 << 16, 1 << 18));

  @TempDir private Path home;
  private Path folder;
  private Path original;
  private Path outside;

  @BeforeEach
  void exampleBundle() throws IOException {
    outside = Files.writeString(home.resolve("outside"), "secret");
    original = ExampleBundle.write(home.resolve("original"));
    folder = ExampleBundle.write(home.resolve("bundle"));
  }

  @Test
  void answersWhateverBecameOfTheFilesWithAValue() {
    BundleDigest whole = digest();
    Seeded.run(
        400,
        random -> {
          try {
            ExampleBundle.write(folder);
            for (int i = 0; i <= random.nextInt(2); i++) {
              damage(random);
            }
            check(whole);
            empty();
            assertEquals("secret", Files.readString(outside));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Test
  void readsNoBundleWhoseDocumentsAreTruncated() throws IOException {
    for (String name : List.of("manifest.json", "parameters.json")) {
      byte[] bytes =
          Files.readString(folder.resolve(name)).strip().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < bytes.length; length += 7) {
        Files.write(folder.resolve(name), Arrays.copyOf(bytes, length));
        var refused = assertInstanceOf(BundleRead.Refused.class, reader.read(folder));
        assertEquals(name, assertInstanceOf(BundleRefusal.Faulty.class, refused.refusal()).file());
      }
      ExampleBundle.write(folder);
    }
  }

  private void damage(RandomGenerator random) throws IOException {
    Path file = folder.resolve(NAMES.get(random.nextInt(NAMES.size())));
    if (Files.isSymbolicLink(file)) {
      return; // What it leads to is not this test's to damage.
    }
    byte[] there = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    byte[] bytes = there.length == 0 ? new byte[1] : there;
    switch (random.nextInt(7)) {
      case 0 -> Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
      case 1 -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
      }
      case 2 -> Files.write(file, new byte[random.nextInt(1 << 18)]);
      case 3 -> Files.deleteIfExists(file);
      case 4 -> Files.writeString(folder.resolve(FOREIGN.get(random.nextInt(FOREIGN.size()))), "");
      case 5 -> {
        Files.deleteIfExists(file);
        Files.createSymbolicLink(file, outside);
      }
      default -> {}
    }
  }

  private void check(BundleDigest whole) throws IOException {
    boolean changed = !contents(folder).equals(contents(original));
    switch (reader.read(folder)) {
      case BundleRead.Good(Bundle bundle) -> {
        assertEquals(changed, !bundle.digest().equals(whole));
        assertTrue(bundle.files().keySet().containsAll(NAMES));
      }
      case BundleRead.Refused(BundleRefusal refusal) -> {
        assertTrue(changed, refusal::toString);
        assertFalse(refusal.toString().isBlank());
        assertTrue(refusal.toString().length() < 20_000);
      }
    }
  }

  private BundleDigest digest() {
    return assertInstanceOf(BundleRead.Good.class, reader.read(folder)).bundle().digest();
  }

  /** What each entry is, by its name: bytes, or where it leads. */
  private static Map<String, String> contents(Path of) throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.list(of)) {
      for (Path file : files.toList()) {
        boolean link = Files.isSymbolicLink(file);
        contents.put(
            file.getFileName().toString(),
            link ? "link" : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  private void empty() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
