package io.edgeflow.lab.drill;

import io.edgeflow.cloud.config.CloudConfig.Road;
import io.edgeflow.lab.sim.Sizes;
import io.edgeflow.process.settings.ByteSize;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill kill}. */
@Command(
    name = "kill",
    mixinStandardHelpOptions = true,
    header = "Gateway, cloud and database are killed with -9 under load.",
    description = {
      "At random moments, while they start, and the gateway also in the middle of its work with the"
          + " disk: sync (before and after the journal is durable), write (half of it arrives),"
          + " checkpoint (a new segment begins), seal (a backlog file is written), rename, delete,"
          + " recovery (an operation of the start itself). Now and then the link is down, so that a"
          + " backlog grows. Segments are small: rolling, sealing and deleting never stop.",
      "",
      "Proves that what was acknowledged is on disk (A1, J1), that recovery closes windows into the"
          + " same frames (J4), that no frame leaves before it is synced (J5), that files are named"
          + " only when they are whole (J3, J8), and that the cloud commits a frame and its number"
          + " together (L5). Prints how long the gateway took to be ready after each start."
    })
final class KillCommand implements Callable<Integer> {
  @Mixin private DrillOptions options = new DrillOptions();

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often each of them is killed (default: ${DEFAULT-VALUE}).")
  private int kills;

  @Option(
      names = "--only",
      split = ",",
      description =
          "Only these: ${COMPLETION-CANDIDATES} (default: all that there are; kafka with --intake"
              + " kafka).")
  private @Nullable Set<Victim> only;

  @Option(
      names = "--intake",
      paramLabel = "ROAD",
      defaultValue = "mqtt",
      description = {
        "mqtt: one cloud with its own database. kafka: two clouds on one database, with a Kafka"
            + " broker between; one of them is killed at a time, and the edge's next connection"
            + " goes to either (default: ${DEFAULT-VALUE})."
      })
  private Road intake = Road.MQTT;

  @Option(
      names = "--backlog",
      paramLabel = "SIZE",
      description = {
        "So much waits in sealed files already when the first kill comes, 1GiB for example; the"
            + " link stays down until the last kill is over, and then all of it is delivered."
      },
      converter = Sizes.class)
  private @Nullable ByteSize backlog;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (kills < 1) {
      throw new ParameterException(spec.commandLine(), "--kills must be 1 or more");
    }
    boolean kafka = intake == Road.KAFKA;
    Set<Victim> there = kafka ? EnumSet.allOf(Victim.class) : Victim.ofOneCloud();
    Set<Victim> victims = only == null ? there : EnumSet.copyOf(only);
    if (!there.containsAll(victims)) {
      throw new ParameterException(spec.commandLine(), "--only kafka needs --intake kafka");
    }
    return options.play(
        new KillDrill(kills, victims, backlog == null ? 0 : backlog.bytes(), kafka));
  }
}
