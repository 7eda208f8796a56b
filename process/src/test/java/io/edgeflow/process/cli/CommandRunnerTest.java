package io.edgeflow.process.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.settings.Default;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

final class CommandRunnerTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  record Config(@Default("1") int size) {}

  @Command(name = "probe")
  static final class Probe implements Callable<Integer> {
    @Mixin private ConfigOptions config;

    enum Way {
      NEAR,
      FAR
    }

    @Option(names = "--way")
    private Way way = Way.NEAR;

    @Option(names = "--fail")
    private boolean fail;

    @Override
    public Integer call() throws Exception {
      if (fail) {
        throw new IllegalStateException("broken");
      }
      assertTrue(way == Way.NEAR);
      return config.load(Config.class).value().size() == 1 ? ExitCodes.DONE : 9;
    }
  }

  @Command(name = "try", synopsisSubcommandLabel = "PROBE", subcommands = Probe.class)
  static final class Tries implements Runnable {
    @Override
    public void run() {}
  }

  @Command(name = "look", mixinStandardHelpOptions = true, subcommands = Look.Near.class)
  static final class Look implements Runnable {
    @Option(names = "--at", converter = WebAddress.class)
    private URI address;

    @Spec private CommandSpec spec;

    @Override
    public void run() {
      spec.commandLine().getOut().println(address);
    }

    @Command(name = "near", mixinStandardHelpOptions = true)
    static final class Near implements Runnable {
      @Override
      public void run() {}
    }
  }

  @Test
  void namesWhatThereIsToANameThatIsNone() {
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "prode", "--json"));
    assertEquals(
        List.of(
            "try: unknown probe 'prode'; did you mean probe?",
            "there are: probe",
            "try NAME --help explains one"),
        err.toString().lines().toList());
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "nope"));
    assertTrue(err.toString().startsWith("try: unknown probe 'nope'\n"), err::toString);
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "probe", "nope"));
    assertTrue(err.toString().startsWith("Unmatched argument at index 1: 'nope'"), err::toString);
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "--prode"));
    assertTrue(err.toString().startsWith("Unknown option: '--prode'"), err::toString);
  }

  /** The help has more lines than a screen: what is wrong would be out of sight. */
  @Test
  void saysWhatIsWrongWithoutTheWholeHelp() {
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "probe", "--fial"));
    assertEquals(
        List.of("Unknown option: '--fial'", "try 'try probe --help'"),
        err.toString().lines().toList());
    assertEquals("", out.toString());
    assertEquals(ExitCodes.WRONG_USE, say(new Tries(), "probe", "--way", "off"));
    assertEquals(
        "Invalid value for option '--way': expected one of [near, far] (case-insensitive) but was"
            + " 'off'",
        err.toString().lines().findFirst().orElseThrow());
  }

  @Test
  void tellsTheVersionWhereverItIsAsked() {
    assertEquals(ExitCodes.DONE, say(new Look(), "--version"));
    assertEquals("edgeflow " + BuildInfo.version(), out.toString().strip());
    assertEquals(ExitCodes.DONE, say(new Look(), "near", "-V"));
    assertEquals("edgeflow " + BuildInfo.version(), out.toString().strip());
  }

  @Test
  void refusesWhatIsNoAddressOfAPage() {
    for (String wrong :
        List.of("nonsense", "", "http://", ":::", "127.0.0.1:8081", "tcp://a:1", "http:/a b")) {
      assertEquals(ExitCodes.WRONG_USE, say(new Look(), "--at", wrong), wrong);
      String said = err.toString().lines().findFirst().orElse("");
      assertEquals(
          "Invalid value for option '--at': '"
              + wrong
              + "' is no address such as http://127.0.0.1:8080 or https://plant.example",
          said);
    }
    assertEquals(ExitCodes.DONE, say(new Look(), "--at", "http://127.0.0.1:8081"));
    assertEquals(ExitCodes.DONE, say(new Look(), "--at", "https://plant.example/edge"));
    assertEquals("https://plant.example/edge", out.toString().strip());
  }

  @Command(name = "read")
  static final class Reads implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw new NoSuchFileException("keys/plant.key");
    }
  }

  @Test
  void saysThatAFileIsMissingAndNotOnlyItsPath() {
    assertEquals(ExitCodes.FAILED, say(new Reads()));
    assertTrue(err.toString().endsWith("keys/plant.key: no such file\n"), err::toString);
  }

  /** Keeps what is said. */
  private int say(Object command, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return CommandRunner.line(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void answersWithTheAgreedExitCodes() {
    assertEquals(ExitCodes.DONE, CommandRunner.run(new Probe()));
    assertEquals(ExitCodes.FAILED, CommandRunner.run(new Probe(), "--fail"));
    assertEquals(ExitCodes.WRONG_USE, CommandRunner.run(new Probe(), "--fial"));
    assertEquals(ExitCodes.WRONG_USE, CommandRunner.run(new Probe(), "--set", "size=x"));
    assertEquals(ExitCodes.WRONG_USE, CommandRunner.run(new Probe(), "--config", "missing.yaml"));
  }
}
