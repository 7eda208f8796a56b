package io.edgeflow.gateway.syncnode;

import java.time.Duration;
import java.util.Optional;

/** What became of a command. */
sealed interface CommandOutcome {
  /**
   * @param output the last of what it printed
   */
  record Ended(int code, String output) implements CommandOutcome {}

  record TimedOut(Duration limit) implements CommandOutcome {}

  record NotStarted(String why) implements CommandOutcome {}

  /**
   * Why it did not do what it should; empty if it did.
   *
   * @param name of the command, for people
   */
  default Optional<String> problem(String name) {
    return switch (this) {
      case Ended(int code, String _) when code == 0 -> Optional.empty();
      case Ended(int code, String output) ->
          Optional.of(Line.of(name + " ended with " + code + ": " + output));
      case TimedOut(Duration limit) ->
          Optional.of(name + " did not end within " + limit.toSeconds() + " s");
      case NotStarted(String why) -> Optional.of(Line.of(name + " did not start: " + why));
    };
  }
}
