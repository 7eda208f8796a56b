package io.edgeflow.lab.drill;

import io.edgeflow.process.http.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How drills are played on a command line that judge themselves, in a report; a mixin. */
final class ReportOptions {
  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @Spec(Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * @param report as it is printed for programs
   * @param faults empty if everything held
   * @param text the report for people
   */
  record Judged(Object report, List<String> faults, String text) {
    Judged {
      faults = List.copyOf(faults);
    }
  }

  @FunctionalInterface
  interface Script {
    Judged play(Path home, Console console) throws Exception;
  }

  /**
   * Plays it to the exit code of the process, in a folder that nobody will look into.
   *
   * @param words what is about to be played
   */
  int play(String words, Script script) throws Exception {
    Console console = new Console(spec(), json);
    try (DrillFolder folder = DrillFolder.open(null)) {
      console.say("drill " + words);
      return end(script.play(folder.path(), console), console);
    }
  }

  /**
   * As the other one, in a folder that stays if there were faults, or the drill could not go on.
   *
   * @param dir null for a new one
   */
  int play(String words, @Nullable Path dir, Script script) throws Exception {
    Console console = new Console(spec(), json);
    try (DrillFolder folder = DrillFolder.open(dir)) {
      console.say("drill " + words + ", in " + folder.path());
      folder.keepIf(true);
      Judged judged = script.play(folder.path(), console);
      folder.keepIf(!judged.faults().isEmpty());
      return end(judged, console);
    }
  }

  private int end(Judged judged, Console console) {
    console.result((json ? Json.text(judged.report()) : judged.text()) + System.lineSeparator());
    return judged.faults().isEmpty() ? 0 : 1;
  }

  /** To throw where an option makes no sense. */
  ParameterException wrong(String why) {
    return new ParameterException(spec().commandLine(), why);
  }

  private CommandSpec spec() {
    if (command == null) {
      throw new IllegalStateException("used without a command line");
    }
    return command;
  }
}
