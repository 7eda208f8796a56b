package io.edgeflow.process.cli;

import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.SettingsException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs a command line to its exit code: 0 done, 1 failed, 2 wrong use, which includes a wrong
 * configuration. A user sees a sentence; the stack trace goes to the log at debug level.
 */
public final class CommandRunner {
  private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);

  private CommandRunner() {}

  /**
   * @param command a picocli command, {@code Callable<Integer>} or {@code Runnable}
   */
  public static int run(Object command, String... arguments) {
    ParentWatch.install();
    return line(command).execute(arguments);
  }

  /** The command line that {@link #run} runs, for tests that read what it prints. */
  public static CommandLine line(Object command) {
    CommandLine line = new CommandLine(command);
    IParameterExceptionHandler otherwise = line.getParameterExceptionHandler();
    tellVersion(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Duration.class, CommandRunner::duration)
        .setParameterExceptionHandler((mistake, args) -> refuse(mistake, args, otherwise))
        .setExecutionExceptionHandler(CommandRunner::explain);
  }

  /** As in configurations: {@code 90d}. */
  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException notOne) {
      throw new TypeConversionException("'" + text + "' " + notOne.getMessage());
    }
  }

  private static void tellVersion(CommandLine line) {
    line.getCommandSpec().versionProvider(() -> new String[] {"edgeflow " + BuildInfo.version()});
    line.getSubcommands().values().forEach(CommandRunner::tellVersion);
  }

  private static int refuse(
      ParameterException mistake, String[] arguments, IParameterExceptionHandler otherwise)
      throws Exception {
    Optional<String> words = UnknownCommand.words(mistake);
    if (words.isEmpty()) {
      return otherwise.handleParseException(mistake, arguments);
    }
    mistake.getCommandLine().getErr().println(words.get());
    return ExitCodes.WRONG_USE;
  }

  private static int explain(Exception failure, CommandLine line, ParseResult ignored) {
    log.debug("command failed", failure);
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + sentence(failure));
    return failure instanceof SettingsException ? ExitCodes.WRONG_USE : ExitCodes.FAILED;
  }

  /** The message and those of its causes, where they add something. */
  private static String sentence(Throwable failure) {
    var text = new StringBuilder(own(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      String more = own(cause);
      if (text.indexOf(more) < 0) {
        text.append(": ").append(more);
      }
    }
    return text.toString();
  }

  private static String own(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
