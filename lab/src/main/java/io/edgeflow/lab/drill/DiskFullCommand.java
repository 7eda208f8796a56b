package io.edgeflow.lab.drill;

import io.edgeflow.lab.child.SmallVolume;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill disk-full}. */
@Command(
    name = "disk-full",
    mixinStandardHelpOptions = true,
    header = "The gateway's file system is full, and then read-only.",
    description = {
      "The gateway's data directory lies on a file system of its own, of a few MiB. The link goes"
          + " down, sensors speak, and another writer takes whatever is free until writing fails."
          + " The gateway is killed on the full disk and started again, on its reserve. Then there"
          + " is room again; then the file system turns read-only under the gateway, and back; then"
          + " the gateway is killed, started on the file system made read-only, and goes on when"
          + " that can be written again.",
      "",
      "Proves J9 and A2: nothing is acknowledged that is not on the disk, /ready and the status say"
          + " what is wrong, and the gateway goes on by itself.",
      "",
      "Needs Linux, unshare and nsenter (util-linux), and the right to mount (root)."
          + " Where that is missing it says so and exits with 3: nothing is proved then."
    })
final class DiskFullCommand implements Callable<Integer> {
  static final int NOT_HERE = 3;

  @Mixin private DrillOptions options = new DrillOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Optional<String> obstacle = SmallVolume.obstacle();
    if (obstacle.isPresent()) {
      spec.commandLine()
          .getErr()
          .printf(
              "drill disk-full cannot be played here: %s%n"
                  + "It needs Linux with unshare and nsenter, and the right to mount (root).%n",
              obstacle.get());
      return NOT_HERE;
    }
    return options.play(
        "disk-full",
        (home, seed, progress) -> {
          var place = Files.createDirectory(home.resolve("gateway"));
          try (SmallVolume volume = SmallVolume.open(place, DiskFullDrill.BYTES)) {
            return Drills.play(new DiskFullDrill(volume), options.settings(), home, seed, progress);
          }
        });
  }
}
