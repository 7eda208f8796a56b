package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.LedgerTable;
import io.edgeflow.lab.torn.Torn;
import io.edgeflow.lab.torn.Untouched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every file of a small data directory is damaged, byte by byte or at sampled places. */
final class TornDrill {
  private TornDrill() {}

  static DrillResult play(Torn.Extent extent, Path home, long seed, Consumer<String> progress)
      throws InterruptedException {
    long begun = System.nanoTime();
    Torn.@Nullable Report report = null;
    String ended = "";
    try {
      report = Torn.play(extent, home, seed, progress);
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      ended = failure.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    return new DrillResult(
        "torn",
        seed,
        took,
        report == null ? null : played(report),
        report == null ? null : verdict(report),
        ended);
  }

  private static Played played(Torn.Report report) {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("wounds", report.wounds());
    figures.put("said", report.said());
    figures.put("readingsMissing", report.missing());
    figures.put("cutsThatLookLikeKills", report.unknowable());
    List<String> words = new ArrayList<>();
    report.said().forEach((what, times) -> words.add(what + " " + times + " times"));
    return Played.of(
        ("%d copies of a data directory, each with one wound: a file cut off, or a bit flipped. An"
                + " edge started on every one and delivered. It said: %s. Of all copies together %d"
                + " readings were gone, with the bytes that held them; %d cuts fell between two"
                + " records of the newest file, where a start cannot tell them from a kill."
                + " The ledger is that of the copy without a wound.")
            .formatted(
                report.wounds(), String.join(", ", words), report.missing(), report.unknowable()),
        figures);
  }

  private static Verdict verdict(Torn.Report report) {
    Untouched untouched = report.untouched();
    Balance balance = Balance.of(untouched.edge(), untouched.cloud());
    List<String> faults = new ArrayList<>(report.faults());
    for (Balance.Check check : balance.checks()) {
      if (!check.holds()) {
        faults.add("the ledger: %s: %d, %d".formatted(check.rule(), check.left(), check.right()));
      }
    }
    return new Verdict(
        faults,
        Comparison.of(untouched.acknowledged(), untouched.stored()),
        0,
        LedgerTable.of(untouched.edge(), untouched.cloud(), balance),
        untouched.edge(),
        untouched.cloud());
  }
}
