package io.edgeflow.gateway;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The edge process. */
@Command(
    name = "edgeflow gateway",
    mixinStandardHelpOptions = true,
    description = "The edge process.")
public final class Gateway implements Runnable {
  @Override
  public void run() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Gateway()).execute(args));
  }
}
