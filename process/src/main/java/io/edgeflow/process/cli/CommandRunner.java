package io.edgeflow.process.cli;

import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.metrics.BuildInfo;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.SettingsException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs a command line to its exit code: 0 done, 1 failed, 2 wrong use, which includes a wrong
 * configuration. A user sees a sentence; the stack trace goes to the log at debug level.
 */
public final class CommandRunner {
  private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);

  /** Choices are typed in lower case; picocli writes them as the code does. */
  private static final Pattern CHOICES = Pattern.compile("expected one of \\[[A-Z0-9_, ]+]");

  /** Of HTTP. */
  private static final int BAD_REQUEST = 400;

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
    tellVersion(line);
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .registerConverter(Duration.class, CommandRunner::duration)
        .setParameterExceptionHandler((mistake, args) -> refuse(mistake))
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

  private static int refuse(ParameterException mistake) {
    CommandLine line = mistake.getCommandLine();
    line.getErr().println(UnknownCommand.words(mistake).orElseGet(() -> briefly(mistake)));
    return ExitCodes.WRONG_USE;
  }

  /** Without the whole help, in which the one useful line would drown. */
  private static String briefly(ParameterException mistake) {
    String name = mistake.getCommandLine().getCommandSpec().qualifiedName();
    String message =
        CHOICES.matcher(mistake.getMessage()).replaceAll(to -> to.group().toLowerCase(Locale.ROOT));
    return message + System.lineSeparator() + "try '" + name + " --help'";
  }

  private static int explain(Exception failure, CommandLine line, ParseResult ignored) {
    log.debug("command failed", failure);
    String name = line.getCommandSpec().qualifiedName();
    line.getErr().println(name + ": " + sentence(failure));
    return isWrongUse(failure) ? ExitCodes.WRONG_USE : ExitCodes.FAILED;
  }

  /** A cloud finds faults in what it is asked that no command line can know of. */
  private static boolean isWrongUse(Exception failure) {
    return failure instanceof SettingsException
        || (failure instanceof CloudRefused refused && refused.status() == BAD_REQUEST);
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
    if (failure instanceof NoSuchFileException missing && missing.getReason() == null) {
      return message + ": no such file"; // Its own message is the bare path.
    }
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
