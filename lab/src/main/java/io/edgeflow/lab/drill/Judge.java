package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.Accounts;
import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.account.LedgerTable;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets everything come to rest, then holds sensors, both ledgers and the database's tables against
 * each other.
 */
final class Judge {
  private Judge() {}

  static Verdict judge(Stage stage, Played played)
      throws IOException, SQLException, InterruptedException {
    List<String> faults = new ArrayList<>(played.faults());
    faults.addAll(Settling.of(stage));
    if (played.leniency() == Leniency.NAMED_LOSSES) {
      Settling.tellFates(stage);
      faults.addAll(Settling.of(stage));
    }
    Accounts.Pair accounts = stage.accounts().pair();
    EdgeAccount edge = accounts.edge();
    CloudAccount cloud = accounts.cloud();
    Balance balance = played.leniency().balance(edge, cloud);
    for (Balance.Check check : balance.checks()) {
      if (!check.holds()) {
        faults.add("the ledger: %s: %d, %d".formatted(check.rule(), check.left(), check.right()));
      }
    }
    Comparison comparison = stage.compare();
    if (!played.leniency().forgives(comparison, edge, cloud, stage.tables().conflicts())) {
      comparison.differences().forEach(difference -> faults.add(difference.toString()));
    }
    if (comparison.acknowledged() == 0) {
      faults.add("nothing was acknowledged, so nothing is proved");
    }
    for (Played.Requirement requirement : played.atRest()) {
      if (!requirement.holds().getAsBoolean()) {
        faults.add(requirement.orElse());
      }
    }
    long repetitions = stage.crowds().stream().mapToLong(Crowd::repetitions).sum();
    return new Verdict(
        faults, comparison, repetitions, LedgerTable.of(edge, cloud, balance), edge, cloud);
  }
}
