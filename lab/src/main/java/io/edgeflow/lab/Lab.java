package io.edgeflow.lab;

import io.edgeflow.lab.bench.Bench;
import io.edgeflow.lab.check.Check;
import io.edgeflow.lab.demo.Demo;
import io.edgeflow.lab.drill.DrillCommand;
import io.edgeflow.lab.sim.Sim;
import io.edgeflow.lab.tail.Tail;
import io.edgeflow.process.cli.CommandRunner;
import picocli.CommandLine.Command;

/** Simulators, demo, drills and benchmarks. */
@Command(
    name = "edgeflow",
    mixinStandardHelpOptions = true,
    description = "Simulators, demo, drills and benchmarks.",
    subcommands = {Demo.class, Sim.class, Check.class, Tail.class, DrillCommand.class, Bench.class})
public final class Lab implements Runnable {
  @Override
  public void run() {}

  public static void main(String[] args) {
    System.exit(CommandRunner.run(new Lab(), args));
  }
}
