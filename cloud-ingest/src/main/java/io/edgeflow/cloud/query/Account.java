package io.edgeflow.cloud.query;

import java.util.List;
import java.util.Map;

/**
 * What became of the frames of one incarnation and lane, or of several together (L9).
 *
 * @param announced numbered by the edge, as far as is known here
 * @param lost the edge was told they were committed, but this database does not have them
 * @param missing announced, and not settled: pending at the edge, on their way, or gone with it
 */
record Account(
    Amount announced,
    Amount committed,
    Amount superseded,
    Amount refused,
    Amount conflict,
    Amount dropped,
    Amount lost,
    Amount missing) {
  /**
   * @param fates by their words
   */
  static Account of(Amount announced, Amount committed, Map<String, Amount> fates) {
    Amount settled = fates.values().stream().reduce(committed, Amount::plus);
    return new Account(
        announced,
        committed,
        fates.getOrDefault("superseded", Amount.NONE),
        fates.getOrDefault("refused", Amount.NONE),
        fates.getOrDefault("conflict", Amount.NONE),
        fates.getOrDefault("dropped", Amount.NONE),
        fates.getOrDefault("lost", Amount.NONE),
        announced.minus(settled));
  }

  static Account sum(List<Account> accounts) {
    Account none = of(Amount.NONE, Amount.NONE, Map.of());
    return accounts.stream().reduce(none, Account::plus);
  }

  /** Every number has at most one fate, and settled numbers have all readings they announced. */
  boolean balances() {
    return missing.frames() == 0
        ? missing.readings() == 0
        : missing.frames() > 0 && missing.readings() >= 0;
  }

  private Account plus(Account more) {
    return new Account(
        announced.plus(more.announced),
        committed.plus(more.committed),
        superseded.plus(more.superseded),
        refused.plus(more.refused),
        conflict.plus(more.conflict),
        dropped.plus(more.dropped),
        lost.plus(more.lost),
        missing.plus(more.missing));
  }
}
