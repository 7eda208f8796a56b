package io.edgeflow.models.cli;

import io.edgeflow.inference.bundle.Selector;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What several commands read in the same way from what they are given. */
final class Arguments {
  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private Arguments() {}

  /**
   * The name of a model: the one that was given, or the folder's.
   *
   * @throws ParameterException if it is none
   */
  static String modelName(CommandSpec spec, @Nullable String given, Path folder) {
    Path last = folder.toAbsolutePath().normalize().getFileName();
    String word = given != null ? given : last == null ? "" : last.toString();
    if (!WORD.matcher(word).matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + word + "' is no name of a model: give --name, 1 to 64 of a-z 0-9 _ -");
    }
    return word;
  }

  /**
   * @throws ParameterException if one of them is none
   */
  static List<Selector> selectors(CommandSpec spec, List<String> series) {
    try {
      return series.stream().map(Selector::new).toList();
    } catch (IllegalArgumentException broken) {
      throw new ParameterException(spec.commandLine(), "--series " + broken.getMessage(), broken);
    }
  }
}
