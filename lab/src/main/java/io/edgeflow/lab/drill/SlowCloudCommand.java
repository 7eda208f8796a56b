package io.edgeflow.lab.drill;

import io.edgeflow.lab.sim.Durations;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./edgeflow drill slow-cloud}. */
@Command(
    name = "slow-cloud",
    mixinStandardHelpOptions = true,
    header = "A slow link to a database that stands still for seconds.",
    description = {
      "The link carries a few kilobytes a second, and somebody else locks the table of windows"
          + " again and again for up to five seconds, so that verdicts come late or after the edge"
          + " has sent once more.",
      "",
      "Proves that a cloud that cannot answer now makes an edge wait and send again (L2, L4, L5),"
          + " that no frame is committed twice for that, and that the edge goes on taking readings"
          + " (A2)."
    })
final class SlowCloudCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--for",
      defaultValue = "60s",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long the link and the database are slow (default: ${DEFAULT-VALUE}).")
  private Duration length = Duration.ofSeconds(60);

  @Option(
      names = "--bytes-per-second",
      paramLabel = "N",
      defaultValue = "8192",
      description =
          "Bytes that the link carries in a second, in each direction (default: ${DEFAULT-VALUE}).")
  private int bytesPerSecond = 8192;

  @Override
  public Integer call() throws Exception {
    return options.play(new SlowCloudDrill(length, Math.max(1, bytesPerSecond)));
  }
}
