package io.edgeflow.lab.drill;

import io.edgeflow.lab.fleet.SiteDrill;
import io.edgeflow.process.http.Json;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow drill site}. */
@Command(
    name = "site",
    mixinStandardHelpOptions = true,
    header = "A site finishes a rollout while the cloud is away, and takes a bad one back.",
    description = {
      "Starts a cloud with its database, a hub and three gateways behind it as processes of their"
          + " own. A good model is rolled out with a mandate; when the first gateway has begun, the"
          + " cloud is killed, and the hub goes on through the waves. Then a bad one, likewise.",
      "",
      "Exits 0 only if the site ends with the good model everywhere both times, and the cloud, when"
          + " it is back, calls the rollouts done and rolled back (R6, L10)."
    })
final class SiteCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "An empty folder to work in; the default is a new one for temporary files.")
  private @Nullable Path dir;

  @Option(names = "--json", description = "Print the result as JSON, and progress on stderr.")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = json ? spec.commandLine().getErr() : out;
    long begun = System.nanoTime();
    try (DrillFolder folder = DrillFolder.open(dir)) {
      say(progress, "drill site, in " + folder.path());
      folder.keepIf(true);
      SiteDrill.Report report =
          SiteDrill.play(
              folder.path(), line -> say(progress, "%4d s  %s".formatted(seconds(begun), line)));
      folder.keepIf(!report.faults().isEmpty());
      String verdict =
          report.faults().isEmpty()
              ? "HELD: the site finished alone, and took back alone"
              : "FAILED\n  " + String.join("\n  ", report.faults());
      out.println(
          json ? Json.text(report) : "\ndrill site, %d s: %s".formatted(seconds(begun), verdict));
      out.flush();
      return report.faults().isEmpty() ? 0 : 1;
    }
  }

  private static long seconds(long begun) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
  }

  private static void say(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
