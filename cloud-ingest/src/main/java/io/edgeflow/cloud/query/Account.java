package io.edgeflow.cloud.query;

import java.util.List;
import java.util.Map;

/**
 * What became of the frames of one incarnation and lane, or of several together (L9).
 *
 * @param announced numbered by the edge, as far as is known here
 * @param lost the edge was told they were committed, but this database does not have them
 * @param missing announced, and not settled: pending at the edge, on their way, or gone with it
 * @param contested other content that came under numbers that were settled: counted, not stored,
 *     and no part of the sum
 */
record Account(
    Amount announced,
    Amount committed,
    Amount superseded,
    Amount refused,
    Amount conflict,
    Amount dropped,
    Amount lost,
    Amount missing,
    Amount contested) {
  /**
   * @param fates by their words
   */
  static Account of(
      Amount announced, Amount committed, Map<String, Amount> fates, Amount contested) {
    Amount settled = fates.values().stream().reduce(committed, Amount::plus);
    return new Account(
        announced,
        committed,
        fates.getOrDefault("superseded", Amount.NONE),
        fates.getOrDefault("refused", Amount.NONE),
        fates.getOrDefault("conflict", Amount.NONE),
        fates.getOrDefault("dropped", Amount.NONE),
        fates.getOrDefault("lost", Amount.NONE),
        announced.minus(settled),
        contested);
  }

  static Account sum(List<Account> accounts) {
    Account none = of(Amount.NONE, Amount.NONE, Map.of(), Amount.NONE);
    return accounts.stream().reduce(none, Account::plus);
  }

  /** Readings that are not stored, and not in a coarser frame either. */
  long gone() {
    return refused.readings() + conflict.readings() + dropped.readings() + lost.readings();
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
        missing.plus(more.missing),
        contested.plus(more.contested));
  }
}
