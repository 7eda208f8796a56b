package io.edgeflow.lab.drill;

import io.edgeflow.lab.proxy.Direction;
import picocli.CommandLine.Option;

/** How finely an exchange is cut; a mixin. */
final class CutOptions {
  @Option(
      names = "--every",
      paramLabel = "N",
      description = "Cut behind each Nth byte; 1 for all (default: as many as make about 60 cuts).")
  private int every;

  @Option(names = "--cuts", hidden = true)
  private int cuts = 60;

  Drill drill(String name, Direction direction) {
    return new ByteCutsDrill(name, direction, Math.max(0, every), Math.max(1, cuts));
  }
}
