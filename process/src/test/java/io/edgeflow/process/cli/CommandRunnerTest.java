package io.edgeflow.process.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.settings.Default;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

final class CommandRunnerTest {
  record Config(@Default("1") int size) {}

  @Command(name = "probe")
  static final class Probe implements Callable<Integer> {
    @Mixin private ConfigOptions config;

    @Option(names = "--fail")
    private boolean fail;

    @Override
    public Integer call() throws Exception {
      if (fail) {
        throw new IllegalStateException("broken");
      }
      return config.load(Config.class).value().size() == 1 ? ExitCodes.DONE : 9;
    }
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
