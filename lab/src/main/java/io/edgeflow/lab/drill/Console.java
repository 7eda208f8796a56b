package io.edgeflow.lab.drill;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;

/** Where a drill speaks, from its beginning on. Whoever asked for JSON hears progress on stderr. */
final class Console {
  private final PrintWriter out;
  private final PrintWriter progress;
  private final long begun = System.nanoTime();

  Console(CommandSpec command, boolean json) {
    this.out = command.commandLine().getOut();
    this.progress = json ? command.commandLine().getErr() : out;
  }

  void say(String line) {
    progress.println(line);
    progress.flush();
  }

  /** With the seconds since the beginning. */
  void step(String line) {
    say("%4d s  %s".formatted(seconds(), line));
  }

  /** What remains of it. */
  void result(String text) {
    out.print(text);
    out.flush();
  }

  /**
   * @param drill its name, and with what it was played
   * @param held what it has shown if there is no fault
   */
  String verdict(String drill, List<String> faults, String held) {
    String ended = faults.isEmpty() ? "HELD: " + held : "FAILED\n  " + String.join("\n  ", faults);
    return "\ndrill %s, %d s: %s".formatted(drill, seconds(), ended);
  }

  private long seconds() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }
}
