package io.edgeflow.cloud.operator;

import java.util.Map;
import picocli.CommandLine.Option;

/** Who wants something, and why. */
final class Reason {
  @Option(
      names = "--who",
      defaultValue = "${sys:user.name}",
      description = "Who wants it (default: ${DEFAULT-VALUE}).")
  private String who = "";

  @Option(names = "--why", defaultValue = "", description = "Kept in the history.")
  private String why = "";

  Map<String, String> words() {
    return Map.of("who", who, "why", why);
  }

  String query() {
    return "who=" + CloudOptions.encoded(who) + "&why=" + CloudOptions.encoded(why);
  }
}
