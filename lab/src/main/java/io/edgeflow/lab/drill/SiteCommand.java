package io.edgeflow.lab.drill;

import io.edgeflow.lab.drill.ReportOptions.Judged;
import io.edgeflow.lab.fleet.SiteDrill;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin private ReportOptions options = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    return options.play(
        "site",
        dir,
        (home, console) -> {
          SiteDrill.Report report = SiteDrill.play(home, console::step);
          String held = "the site finished alone, and took back alone";
          return new Judged(
              report, report.faults(), console.verdict("site", report.faults(), held));
        });
  }
}
