package io.edgeflow.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.settings.ByteSize;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What the commands say to somebody who does not know them yet. */
final class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine line =
      CommandRunner.line(new Lab())
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @ParameterizedTest
  @CsvSource({
    "drill nope,       unknown drill 'nope',                            'models, outage, power'",
    "drill kil,        unknown drill 'kil'; did you mean kill?,         'models, outage, power'",
    "drill disc-full,  unknown drill 'disc-full'; did you mean disk-full?, 'disk-full, '",
    "bench nope,       unknown benchmark 'nope',                        'score, start, store'",
    "bench wires,      unknown benchmark 'wires'; did you mean wire?,   'score, start, store'",
  })
  void listDrillsAndBenchmarksToANameThatIsNone(String command, String words, String some) {
    assertEquals(ExitCodes.WRONG_USE, execute(command));
    List<String> said = err.toString().lines().toList();
    assertTrue(said.getFirst().endsWith(words), err::toString);
    assertTrue(said.get(1).startsWith("there are: "), err::toString);
    assertTrue(said.get(1).contains(some), err::toString);
    assertEquals(3, said.size(), err::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "tail --url nonsense,       is no address such as http://",
    "tail --url 127.0.0.1:8081, is no address such as http://",
    "sim --mqtt nonsense,       is no address of a broker such as tcp://",
    "sim --mqtt ::,             is no address of a broker such as tcp://",
    "sim --mqtt http://a:1,     is no address of a broker such as tcp://",
    "drill flap --for 3,        is no duration such as 500ms",
  })
  void sayWhatAnAddressOrADurationLooksLike(String command, String words) {
    assertEquals(ExitCodes.WRONG_USE, execute(command));
    assertTrue(err.toString().contains(words.strip()), err::toString);
    assertFalse(err.toString().contains("Exception"), err::toString);
    assertFalse(err.toString().contains("\tat "), err::toString);
  }

  @Test
  void tellTheirVersion() {
    assertTrue(every(line).size() > 25, "too few commands to prove anything");
    for (CommandLine command : every(line)) {
      out.getBuffer().setLength(0);
      assertEquals(ExitCodes.DONE, command.execute("--version"));
      assertEquals("edgeflow " + BuildInfo.version(), out.toString().strip());
    }
  }

  /** One word for one thing, and an example of each unit in the help of whoever takes it. */
  @Test
  void nameUnitsAndFoldersAlike() {
    for (CommandLine command : every(line)) {
      String help = command.getUsageMessage();
      for (OptionSpec option : command.getCommandSpec().options()) {
        String label = command.getCommandName() + " " + option.longestName();
        if (option.type() == Duration.class) {
          assertEquals("DURATION", option.paramLabel(), label);
          assertTrue(help.contains("A DURATION is written 500ms, 90s, 5m or 2h"), help);
        }
        if (option.type() == ByteSize.class) {
          assertEquals("SIZE", option.paramLabel(), label);
          assertTrue(help.contains("a SIZE 64KiB, 8MiB or 1GiB"), help);
        }
        // A file says that it is one.
        if (option.type() == Path.class
            && !option.longestName().equals("--config")
            && !option.longestName().endsWith("-file")) {
          assertEquals("--dir", option.longestName(), label);
        }
      }
    }
  }

  /** Every command below it, itself first. */
  private static List<CommandLine> every(CommandLine line) {
    List<CommandLine> all = new ArrayList<>(List.of(line));
    line.getSubcommands().values().forEach(below -> all.addAll(every(below)));
    return all;
  }

  private int execute(String command) {
    return line.execute(command.strip().split(" "));
  }
}
