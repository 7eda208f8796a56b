package io.edgeflow.cloud.operator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** From when to when. */
final class Span {
  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "",
      description = "2026-01-31T06:00:00Z, 2026-01-31, epoch milliseconds, or now-90m.")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TIME",
      defaultValue = "",
      description = "Exclusive; like --from. Without it, now.")
  private String to = "";

  @Option(
      names = "--last",
      paramLabel = "TIME",
      description = "Until now, for so long: 24h, 30d. Instead of --from and --to.")
  private @Nullable Duration last;

  /** As typed, to be compared with what was typed before. */
  String text() {
    return from + " " + to + " " + last;
  }

  /** For a request's address, with absolute times where they are relative to now. */
  String query(CommandSpec spec, Instant now) {
    if (last != null && !(from + to).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--last does not go together with --from and --to");
    }
    if (last != null) {
      return "&from=" + now.minus(last).toEpochMilli() + "&to=" + now.toEpochMilli();
    }
    return part("from", from, now) + part("to", to, now);
  }

  private static String part(String name, String text, Instant now) {
    if (text.isEmpty()) {
      return "";
    }
    String absolute = text.equals("now") ? Long.toString(now.toEpochMilli()) : text;
    return "&" + name + "=" + CloudOptions.encoded(absolute);
  }
}
