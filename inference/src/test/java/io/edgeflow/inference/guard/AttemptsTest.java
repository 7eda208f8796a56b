package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.guard.Permission.Granted;
import io.edgeflow.inference.guard.Permission.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** R2, with processes that really die in an attempt. */
final class AttemptsTest {
  private static final String DIGEST = "0a1b2c";

  @TempDir Path directory;

  @Test
  void aModelThatKillsTheProcessTwiceIsNotTriedUntilItIsForgiven() throws Exception {
    assertEquals(9, tryIn("kill"));
    assertEquals(Map.of(), open().refused(), "one death is no pattern");
    assertEquals(9, tryIn("kill"));

    assertEquals(0, tryIn("refused"));
    Attempts attempts = open();
    assertEquals(new Refused(DIGEST, 2), attempts.begin(DIGEST));
    assertEquals(Map.of(DIGEST, 2), attempts.refused());
    assertInstanceOf(Granted.class, attempts.begin("another"));

    assertFalse(attempts.forgive("unknown"));
    assertTrue(attempts.forgive(DIGEST));
    assertInstanceOf(Granted.class, open().begin(DIGEST));
  }

  @Test
  void whatWasSurvivedIsForgotten() throws Exception {
    assertEquals(9, tryIn("kill"));
    assertEquals(0, tryIn("survive"));
    assertEquals(List.of(), files());
    assertEquals(9, tryIn("kill"));
    assertInstanceOf(Granted.class, open().begin(DIGEST));
  }

  @Test
  void aCleanStopCountsForNothing() throws Exception {
    assertEquals(0, tryIn("withdraw"));
    assertEquals(List.of(), files());
    assertEquals(9, tryIn("kill"));
    assertEquals(0, tryIn("withdraw"));
    assertEquals(9, tryIn("kill"));
    assertInstanceOf(Refused.class, open().begin(DIGEST));
  }

  /** Between the death and this start, a start itself may be cut off and repeated. */
  @Test
  void oneDeathIsCountedOnceHoweverOftenTheStartIsRepeated() throws Exception {
    assertEquals(9, tryIn("kill"));
    for (int i = 0; i < 5; i++) {
      assertEquals(Map.of(), open().refused());
    }
    assertInstanceOf(Granted.class, open().begin(DIGEST));
  }

  @Test
  void whatIsNoTextRefusesTheModelAndNotTheStart() throws Exception {
    Files.write(directory.resolve(DIGEST + ".attempts"), new byte[] {(byte) 0xff, 0, (byte) 0xc3});
    assertEquals(new Refused(DIGEST, 2), open().begin(DIGEST));
  }

  @Test
  void aDamagedFileRefusesTheModel() throws Exception {
    Files.writeString(directory.resolve(DIGEST + ".attempts"), "deat");
    assertEquals(new Refused(DIGEST, 2), open().begin(DIGEST));
    assertTrue(open().forgive(DIGEST) || files().isEmpty());
  }

  @Test
  void aHalfWrittenFileIsNone() throws Exception {
    Files.writeString(directory.resolve(DIGEST + ".attempts.tmp"), "deat");
    assertInstanceOf(Granted.class, open().begin(DIGEST));
  }

  @Test
  void withoutADiskThereIsNoAttempt() throws Exception {
    Path gone = directory.resolve("gone");
    Attempts attempts = Attempts.open(gone, 2);
    Files.delete(gone);

    assertThrows(IOException.class, () -> attempts.begin(DIGEST));
  }

  @Test
  void anAttemptIsMadeOnce() throws Exception {
    Attempts attempts = open();
    attempts.begin(DIGEST);

    assertThrows(IllegalStateException.class, () -> attempts.begin(DIGEST));
    assertThrows(IllegalArgumentException.class, () -> attempts.begin("../../etc/passwd"));
    assertThrows(IllegalArgumentException.class, () -> attempts.begin(""));
  }

  private Attempts open() throws IOException {
    return Attempts.open(directory, Attempts.DEFAULT_LIMIT);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private int tryIn(String ending) throws Exception {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                Trying.class.getName(),
                directory.toString(),
                ending)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start().waitFor();
  }

  /** Tries the model and ends as it was told. */
  static final class Trying {
    private Trying() {}

    public static void main(String[] args) throws Exception {
      Permission permission = Attempts.open(Path.of(args[0]), 2).begin(DIGEST);
      switch (permission) {
        case Refused _ -> Runtime.getRuntime().halt(args[1].equals("refused") ? 0 : 1);
        case Granted granted -> end(granted.attempt(), args[1]);
      }
    }

    private static void end(Attempt attempt, String how) throws IOException {
      switch (how) {
        case "kill" -> Runtime.getRuntime().halt(9);
        case "survive" -> attempt.survived();
        case "withdraw" -> attempt.withdrawn();
        default -> Runtime.getRuntime().halt(1);
      }
    }
  }
}
