package io.edgeflow.cloud;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The cloud process. */
@Command(
    name = "edgeflow cloud",
    mixinStandardHelpOptions = true,
    description = "The cloud process.")
public final class Cloud implements Runnable {
  @Override
  public void run() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Cloud()).execute(args));
  }
}
