package io.edgeflow.gateway.syncnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** systemd's own judgement of the units; the programs they start are not on this machine. */
final class UnitFilesTest {
  private static final Path UNITS =
      Path.of(System.getProperty("edgeflow.home", "..")).resolve("config/systemd");

  @TempDir private Path temp = Path.of("");

  @Test
  void areUnderstoodBySystemd() throws Exception {
    var commands = new ProcessCommands();
    Duration patience = Duration.ofSeconds(60);
    assumeTrue(
        commands.run(List.of("systemd-analyze", "--version"), patience).problem("it").isEmpty(),
        "there is no systemd-analyze here to judge the units");
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
    for (Path unit : units()) {
      String text =
          Files.readString(unit)
              .replaceAll(
                  "=(-?)/(?!var/lib/edgeflow[ \\n])\\S+/(edgeflow|docker) ", "=$1/bin/true ");
      command.add(
          Files.writeString(temp.resolve(String.valueOf(unit.getFileName())), text).toString());
    }
    assertEquals(
        new CommandOutcome.Ended(0, ""), commands.run(command, patience), command::toString);
  }

  /** What the service is told by default is what the units are called. */
  @Test
  void areTheOnesThatTheServiceRestarts() throws Exception {
    assertEquals(3, units().size());
    String sample = Files.readString(UNITS.resolveSibling("sync-node.yaml"));
    assertTrue(sample.contains("[systemctl, restart, edgeflow-node]"));
    assertTrue(Files.exists(UNITS.resolve("edgeflow-node.service")));
  }

  private static List<Path> units() throws Exception {
    try (Stream<Path> files = Files.list(UNITS)) {
      return files.sorted().toList();
    }
  }
}
