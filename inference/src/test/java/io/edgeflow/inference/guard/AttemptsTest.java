package io.edgeflow.inference.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.inference.guard.Permission.Granted;
import io.edgeflow.inference.guard.Permission.Refused;
import io.edgeflow.inference.guard.Permission.Resting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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

  @Test
  void whatWasSurvivedOnceOnlyRests() throws Exception {
    AtomicLong nanos = new AtomicLong();
    granted(rested(nanos)).survived();
    for (int deaths = 0; deaths < 2; deaths++) {
      granted(rested(nanos));
    }
    Attempts attempts = rested(nanos);
    assertEquals(new Resting(DIGEST, 2, Duration.ofSeconds(5)), attempts.begin(DIGEST));
    assertEquals(Map.of(), attempts.refused());
    nanos.addAndGet(4_999_999_999L);
    assertEquals(Duration.ofNanos(1), attempts.rest(DIGEST));
    nanos.incrementAndGet();
    granted(attempts);

    // It died again: a process must live twice as long from its own beginning.
    attempts = rested(nanos);
    assertEquals(new Resting(DIGEST, 3, Duration.ofSeconds(10)), attempts.begin(DIGEST));
    nanos.addAndGet(10_000_000_000L);
    granted(attempts).withdrawn();
    assertEquals(Duration.ofSeconds(10), rested(nanos).rest(DIGEST));
    granted(attempts).survived();
    assertEquals(Duration.ZERO, rested(nanos).rest(DIGEST));
    assertEquals(Duration.ZERO, rested(nanos).rest("unknown"));
  }

  @Test
  void restsAnHourAtMostAndIsForgiven() throws Exception {
    Files.writeString(directory.resolve(DIGEST + ".attempts"), "deaths 999999 survived\n");
    Attempts attempts = rested(new AtomicLong());
    assertEquals(Duration.ofHours(1), attempts.rest(DIGEST));
    assertTrue(attempts.forgive(DIGEST));
    granted(attempts);
  }

  @Test
  void whatNeverSurvivedIsRefusedForGood() throws Exception {
    AtomicLong nanos = new AtomicLong();
    for (int deaths = 0; deaths < 2; deaths++) {
      granted(rested(nanos));
    }
    Attempts attempts = rested(nanos);
    nanos.addAndGet(Duration.ofDays(9).toNanos());
    assertEquals(new Refused(DIGEST, 2), attempts.begin(DIGEST));
  }

  /** A soak may be shorter than what an attempt must survive. */
  @Test
  void whatSomebodyVouchesForRestsThoughItNeverSurvived() throws Exception {
    AtomicLong nanos = new AtomicLong();
    for (int deaths = 0; deaths < 2; deaths++) {
      assertInstanceOf(Granted.class, rested(nanos).begin("vouched"));
    }
    Attempts attempts = rested(nanos);
    assertInstanceOf(Resting.class, attempts.begin("vouched"));
    assertEquals(Map.of(), attempts.refused());
    nanos.addAndGet(5_000_000_000L);
    assertInstanceOf(Granted.class, attempts.begin("vouched"));
  }

  @Test
  void remembersTheLatestOfThoseThatDidWell() throws Exception {
    for (int i = 0; i < 70; i++) {
      Path file = directory.resolve("d" + i + ".attempts");
      Files.writeString(file, "deaths 0 survived\n");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * i));
    }
    Files.writeString(directory.resolve("held.attempts"), "deaths 1 survived\n");
    Files.setLastModifiedTime(directory.resolve("held.attempts"), FileTime.fromMillis(0));
    rested(new AtomicLong());
    assertEquals(65, files().size());
    assertTrue(Files.exists(directory.resolve("held.attempts")));
    assertTrue(Files.exists(directory.resolve("d6.attempts")));
    assertFalse(Files.exists(directory.resolve("d5.attempts")));
  }

  /** A start of a process, by a clock of the test's own. */
  private Attempts rested(AtomicLong nanos) throws IOException {
    return Attempts.open(
        directory,
        Attempts.DEFAULT_LIMIT,
        new Rests(Duration.ofSeconds(5), nanos::get, "vouched"::equals));
  }

  private static Attempt granted(Attempts attempts) throws IOException {
    return assertInstanceOf(Granted.class, attempts.begin(DIGEST)).attempt();
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
        case Permission.Denied _ -> Runtime.getRuntime().halt(args[1].equals("refused") ? 0 : 1);
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
