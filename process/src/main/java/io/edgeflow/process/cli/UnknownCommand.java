package io.edgeflow.process.cli;

import io.edgeflow.process.settings.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What to say to a name that no subcommand has: the near one, and all that there are. What they are
 * called is the label of the synopsis, {@code synopsisSubcommandLabel = "DRILL"}.
 */
final class UnknownCommand {
  private UnknownCommand() {}

  /** Empty if it is another mistake. */
  static Optional<String> words(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    Map<String, CommandLine> known = new TreeMap<>(line.getSubcommands());
    if (!(mistake instanceof UnmatchedArgumentException unmatched)
        || known.isEmpty()
        || unmatched.isUnknownOption()) {
      return Optional.empty();
    }
    return unmatched.getUnmatched().stream()
        .filter(word -> !word.startsWith("-"))
        .findFirst()
        .map(word -> words(line, word, List.copyOf(known.keySet())));
  }

  private static String words(CommandLine line, String word, List<String> known) {
    String label = line.getCommandSpec().usageMessage().synopsisSubcommandLabel();
    String near = Nearest.to(word, known).map(name -> "; did you mean " + name + "?").orElse("");
    return "%s: unknown %s '%s'%s%nthere are: %s%n%s NAME --help explains one"
        .formatted(
            line.getCommandSpec().qualifiedName(),
            label.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT),
            word,
            near,
            String.join(", ", known),
            line.getCommandSpec().qualifiedName());
  }
}
