package io.edgeflow.gateway.syncnode;

import io.edgeflow.gateway.syncnode.SyncNodeConfig.CommandsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of the configuration. */
final class Tools {
  private static final Pattern COUNT = Pattern.compile("(?:[A-Za-z]+=)?(\\d{1,15})");

  private final Commands commands;
  private final CommandsConfig config;

  Tools(Commands commands, CommandsConfig config) {
    this.commands = commands;
    this.config = config;
  }

  void pull(String image) throws IOException {
    must("pulling the image", config.pull(), Map.of("{image}", image));
  }

  void load(Path archive) throws IOException {
    must("loading the image", config.load(), Map.of("{file}", archive.toString()));
  }

  void inspect(String image) throws IOException {
    if (!config.inspect().isEmpty()) {
      must("looking for the image", config.inspect(), Map.of("{image}", image));
    }
  }

  Optional<String> install(Path file) {
    return run(config.install(), Map.of("{file}", file.toString()), config.longTimeout())
        .problem("installing the package");
  }

  Optional<String> restart() {
    return run(config.restart(), Map.of(), config.timeout()).problem("the restart");
  }

  /** Empty if nobody counts, or what counts does not answer. */
  OptionalLong restarts() {
    if (!config.restarts().isEmpty()
        && run(config.restarts(), Map.of(), config.timeout())
            instanceof CommandOutcome.Ended(int code, String output)
        && code == 0) {
      Matcher count = COUNT.matcher(output.strip());
      if (count.matches()) {
        return OptionalLong.of(Long.parseLong(count.group(1)));
      }
    }
    return OptionalLong.empty();
  }

  private void must(String what, List<String> template, Map<String, String> values)
      throws IOException {
    Optional<String> problem = run(template, values, config.longTimeout()).problem(what);
    if (problem.isPresent()) {
      throw new IOException(problem.get());
    }
  }

  private CommandOutcome run(List<String> template, Map<String, String> values, Duration limit) {
    if (template.isEmpty()) {
      return new CommandOutcome.NotStarted("no command is configured for it");
    }
    List<String> command =
        template.stream()
            .map(
                part -> {
                  String filled = part;
                  for (Map.Entry<String, String> one : values.entrySet()) {
                    filled = filled.replace(one.getKey(), one.getValue());
                  }
                  return filled;
                })
            .toList();
    try {
      return commands.run(command, limit);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new Stopping();
    }
  }
}
