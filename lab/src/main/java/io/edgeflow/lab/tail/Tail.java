package io.edgeflow.lab.tail;

import io.edgeflow.process.cli.WebAddress;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.PrintWriter;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow tail}. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = "Prints the readings of an edge as they are accepted, until you stop it.")
public final class Tail implements Callable<Integer> {
  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8081",
      converter = WebAddress.class,
      description = "The gateway's page (default: ${DEFAULT-VALUE}).")
  private URI url;

  @Option(
      names = "--match",
      defaultValue = "",
      description = "Only series with such a name: any part of it, or a pattern with stars.")
  private String match;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "-n", paramLabel = "READINGS", description = "Ends after so many.")
  private long most = Long.MAX_VALUE;

  @Option(names = "--user", description = "Where the gateway asks for one.")
  private @Nullable String user;

  @Option(
      names = "--password",
      interactive = true,
      arity = "0..1",
      description = "That user's password; asked for if it is left out.")
  private @Nullable String password;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    var lines = new ReadingLines(json, out, spec.commandLine().getErr());
    try (var stream = new EventStream(url, match, user, password)) {
      stream.read(data -> lines.print(data, most));
    }
    out.flush();
    return lines.printed() >= most ? ExitCodes.DONE : ExitCodes.FAILED;
  }
}
