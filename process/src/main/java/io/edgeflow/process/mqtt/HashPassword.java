package io.edgeflow.process.mqtt;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a line of a user file ({@link Users}). The password is asked for, never an argument. */
@Command(
    name = "hash-password",
    mixinStandardHelpOptions = true,
    description = {
      "Asks for a password (or reads one line of standard input) and prints the line for the file",
      "that mqtt.users names. Append publish=FILTER,... and subscribe=FILTER,... to limit a user."
    })
public final class HashPassword implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", description = "the user's name")
  private String name = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!name.matches("[^\\s:#][^\\s:]{0,127}")) {
      throw new ParameterException(
          spec.commandLine(), "a name has 1 to 128 characters, no blank and no colon");
    }
    char[] password = password(System.console());
    if (password.length == 0) {
      throw new ParameterException(spec.commandLine(), "the password is empty");
    }
    spec.commandLine().getOut().println(name + ":" + PasswordHash.of(password));
    spec.commandLine().getOut().flush();
    Arrays.fill(password, '\0');
    return CommandLine.ExitCode.OK;
  }

  private static char[] password(@Nullable Console console) throws IOException {
    if (console != null && console.isTerminal()) {
      char[] typed = console.readPassword("password: ");
      return typed == null ? new char[0] : typed;
    }
    var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    String line = in.readLine();
    return line == null ? new char[0] : line.toCharArray();
  }
}
