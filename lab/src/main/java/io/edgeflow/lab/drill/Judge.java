package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.account.LedgerTable;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.sim.AcknowledgedAccount;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Lets everything come to rest, then holds sensors, both ledgers and the database's tables against
 * each other.
 */
final class Judge {
  /** Longer than the longest pause between two attempts of an uplink. */
  private static final Duration STANDSTILL = Duration.ofSeconds(90);

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Stage stage;
  private final List<String> faults = new ArrayList<>();

  private Judge(Stage stage) {
    this.stage = stage;
  }

  static Verdict judge(Stage stage, Played played)
      throws IOException, SQLException, InterruptedException {
    return new Judge(stage).judge(played);
  }

  private Verdict judge(Played played) throws IOException, SQLException, InterruptedException {
    faults.addAll(played.faults());
    settle();
    EdgeAccount edge = stage.accounts().edge();
    CloudAccount cloud = stage.accounts().cloud(true);
    Balance balance = played.leniency().balance(edge, cloud);
    balance.checks().stream()
        .filter(check -> !check.holds())
        .forEach(
            check ->
                faults.add(
                    "the ledger: %s: %d, %d".formatted(check.rule(), check.left(), check.right())));
    Comparison comparison = Comparison.of(published(), stage.tables().counts(House.EDGE));
    if (comparison.excess() > 0 || comparison.missing() > played.leniency().missing(edge, cloud)) {
      comparison.differences().forEach(difference -> faults.add(difference.toString()));
    }
    if (comparison.acknowledged() == 0) {
      faults.add("nothing was acknowledged, so nothing is proved");
    }
    return new Verdict(
        faults, comparison, repetitions(), LedgerTable.of(edge, cloud, balance), edge, cloud);
  }

  /** What was said is acknowledged, and what was acknowledged is delivered. */
  private void settle() throws InterruptedException {
    stage.say("waiting until everything is acknowledged and delivered");
    stage.house().cloud().awaitReady(Stage.START);
    stage.house().gateway().awaitReady(Stage.START);
    stage.crowds().forEach(Crowd::fallSilent);
    for (Crowd crowd : stage.crowds()) {
      if (!crowd.drain(STANDSTILL)) {
        faults.add(crowd.open() + " readings were never acknowledged");
      }
    }
    String left = deliver();
    if (!left.isEmpty()) {
      faults.add("not everything was delivered: " + left);
    }
  }

  /**
   * Waits as long as it goes on.
   *
   * @return what is left; empty if nothing is
   */
  private String deliver() throws InterruptedException {
    long best = Long.MAX_VALUE;
    long moved = System.nanoTime();
    long told = moved;
    while (true) {
      String left;
      try {
        EdgeAccount edge = stage.accounts().edge();
        if (edge.delivered()) {
          return "";
        }
        long frames = edge.lanes().values().stream().mapToLong(l -> l.buffered().frames()).sum();
        left = frames + " frames buffered, " + edge.pending() + " readings pending";
        if (frames < best) {
          best = frames;
          moved = System.nanoTime();
        }
      } catch (IOException away) {
        left = away.toString();
      }
      if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
        return left;
      }
      if (System.nanoTime() - told > TELL_NANOS) {
        told = System.nanoTime();
        stage.say(left);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private SortedMap<String, AcknowledgedAccount.Series> published() {
    SortedMap<String, AcknowledgedAccount.Series> all = new TreeMap<>();
    stage.crowds().forEach(crowd -> all.putAll(crowd.account()));
    return all;
  }

  private long repetitions() {
    return stage.crowds().stream().mapToLong(Crowd::repetitions).sum();
  }
}
