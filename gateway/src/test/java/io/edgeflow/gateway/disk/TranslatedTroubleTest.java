package io.edgeflow.gateway.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk is recognised whatever language the system speaks. */
final class TranslatedTroubleTest {
  private static final Path FULL = Path.of("/dev/full");

  @TempDir Path temp;

  /** The launcher of the JVM takes the language from the environment, so it takes a process. */
  @Test
  void recognisesAFullDeviceInGerman() throws Exception {
    Assumptions.assumeTrue(Files.isWritable(FULL), "no /dev/full here");
    makeGerman();

    List<String> lines =
        run(command("java"), Map.of("LOCPATH", "" + temp, "LC_ALL", "de_DE.UTF-8"));

    assertEquals(2, lines.size(), lines::toString);
    Assumptions.assumeFalse(lines.getFirst().startsWith("No space"), "no translation here");
    assertEquals("Optional[NO_SPACE]", lines.getLast(), lines::toString);
  }

  @Test
  void asksTheSystemForItsWords() {
    Assumptions.assumeTrue(System.getProperty("os.name").equals("Linux"));
    Optional<String> words = SystemWords.of(28);

    assertTrue(words.isPresent());
    assertFalse(words.get().isBlank());
    assertEquals(
        Optional.of(DiskTrouble.NO_SPACE), DiskTrouble.of(new IOException("/d: " + words.get())));
  }

  private void makeGerman() throws Exception {
    List<String> build =
        List.of("localedef", "-i", "de_DE", "-f", "UTF-8", "" + temp.resolve("de_DE.UTF-8"));
    try {
      run(build, Map.of());
    } catch (IOException absent) {
      Assumptions.abort("no localedef here: " + absent.getMessage());
    }
    Assumptions.assumeTrue(Files.exists(temp.resolve("de_DE.UTF-8")), "no German to be had here");
  }

  private static List<String> command(String program) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", program).toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dstdout.encoding=UTF-8",
        "-cp",
        System.getProperty("java.class.path"),
        Writer.class.getName());
  }

  private static List<String> run(List<String> command, Map<String, String> environment)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var output = process.inputReader(UTF_8)) {
      List<String> lines = output.readAllLines();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return lines;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Writes to a device that is full, and tells what Java and we make of it. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) {
      try (FileChannel device = FileChannel.open(FULL, StandardOpenOption.WRITE)) {
        device.write(ByteBuffer.allocate(1));
      } catch (IOException refusal) {
        System.out.println(refusal.getMessage());
        System.out.println(DiskTrouble.of(refusal));
      }
    }
  }
}
