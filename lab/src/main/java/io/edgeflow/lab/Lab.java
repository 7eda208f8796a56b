package io.edgeflow.lab;

import io.edgeflow.lab.bench.Bench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Simulators, demo and benchmarks. */
@Command(
    name = "edgeflow",
    mixinStandardHelpOptions = true,
    description = "Simulators, demo and benchmarks.",
    subcommands = {Bench.class})
public final class Lab implements Runnable {
  @Override
  public void run() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Lab()).execute(args));
  }
}
