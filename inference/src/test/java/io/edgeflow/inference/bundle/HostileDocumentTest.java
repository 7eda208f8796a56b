package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.Seeded;
import io.edgeflow.process.settings.Document;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Whatever the bytes: a value comes back, and a manifest that passed holds what it promises. */
final class HostileDocumentTest {
  private static final String[] WORDS = {
    "null",
    "-1",
    "0",
    "1e308",
    "\"\"",
    "[]",
    "{}",
    "true",
    "\"../x\"",
    "9999999999999999999999",
    "\"{device}\"",
    "\"999999999999d\"",
    "[[[[[[[[[[[[[[[[[[[[",
    "\"\\ud800\"",
    "\"\\u0000\"",
  };

  @Test
  void readsNoTruncatedDocument() {
    byte[] manifest = Example.bytes(Example.manifestText().strip());
    byte[] parameters = Example.bytes(Example.parametersText().strip());
    Manifest whole = Example.manifest();
    for (int length = 0; length < manifest.length; length++) {
      assertFaulty(BundleDocuments.manifest(Arrays.copyOf(manifest, length)));
    }
    for (int length = 0; length < parameters.length; length++) {
      assertFaulty(BundleDocuments.parameters(Arrays.copyOf(parameters, length), whole));
    }
  }

  @Test
  void answersAnyDamageWithAValue() {
    byte[] manifest = Example.bytes(Example.manifestText());
    Seeded.run(3_000, random -> check(BundleDocuments.manifest(damaged(manifest, random))));
  }

  @Test
  void answersOddValuesAtAnyPlace() {
    String manifest = Example.manifestText();
    Seeded.run(
        3_000,
        random -> {
          // A value stands behind a colon or in a list.
          int at = random.nextInt(manifest.length());
          int colon = manifest.indexOf(random.nextBoolean() ? ": " : ", ", at);
          if (colon >= 0) {
            int end = endOfValue(manifest, colon + 2);
            String word = WORDS[random.nextInt(WORDS.length)];
            check(
                BundleDocuments.manifest(
                    Example.bytes(
                        manifest.substring(0, colon + 2) + word + manifest.substring(end))));
          }
        });
  }

  @Test
  void answersNoiseWithAValue() {
    Seeded.run(
        300,
        random -> {
          byte[] noise = new byte[random.nextInt(2_000)];
          random.nextBytes(noise);
          assertFaulty(BundleDocuments.manifest(noise));
        });
  }

  private static byte[] damaged(byte[] whole, RandomGenerator random) {
    byte[] bytes = whole.clone();
    int times = 1 + random.nextInt(4);
    for (int i = 0; i < times; i++) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(20));
      switch (random.nextInt(4)) {
        case 0 -> bytes[from] ^= (byte) (1 << random.nextInt(8));
        case 1 -> bytes[from] = (byte) "0\",:{}[]-".charAt(random.nextInt(9));
        case 2 ->
            System.arraycopy(whole, random.nextInt(whole.length - 20), bytes, from, to - from);
        default -> Arrays.fill(bytes, from, to, (byte) ' ');
      }
    }
    return bytes;
  }

  private static int endOfValue(String text, int from) {
    int end = from;
    while (end < text.length() && ",}]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static void check(Document<Manifest> read) {
    switch (read) {
      case Document.Faulty<Manifest> faulty -> assertFaulty(faulty);
      case Document.Good<Manifest>(Manifest manifest) -> {
        assertTrue(manifest.input().rowLength() <= Input.MAX_ROW);
        assertTrue(manifest.input().selectors().size() <= Input.MAX_SERIES);
        manifest.thresholds().forEach(one -> assertTrue(one.allows(one.value())));
        manifest.variants().forEach(one -> assertTrue(FileNames.plain(one.file())));
        assertEquals(read, BundleDocuments.manifest(Example.bytes(BundleDocuments.text(manifest))));
      }
    }
  }

  private static <T> void assertFaulty(Document<T> read) {
    if (read instanceof Document.Faulty<T> faulty) {
      assertFalse(faulty.faults().isEmpty());
      faulty
          .faults()
          .forEach(fault -> assertTrue(fault.toString().length() < 1_000, fault::toString));
    } else {
      throw new AssertionError("read as " + read);
    }
  }
}
