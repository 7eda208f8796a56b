package io.edgeflow.cloud.query;

import java.util.List;

/**
 * The readings of an edge's superseded frames held against those that its coarse frames brought
 * (L7, L9). It holds for edges that merge a frame once, as gateways do: of a coarse frame that was
 * replaced again the readings would count as superseded twice.
 *
 * @param superseded as the accounts of the replaced frames have it
 * @param carried in coarse frames that are committed
 * @param outstanding the most that coarse frames may carry that are not committed: on their way,
 *     refused, dropped, lost
 */
record Coarsening(
    String edge, String lane, long superseded, long carried, long outstanding, boolean balances) {
  /**
   * @param rows of one edge and lane
   */
  static Coarsening of(List<LaneRow> rows) {
    Account all = Account.sum(rows.stream().map(LaneRow::account).toList());
    long superseded = all.superseded().readings();
    long carried = rows.stream().mapToLong(LaneRow::carried).sum();
    long outstanding = Math.max(0, all.missing().readings()) + all.gone();
    return new Coarsening(
        rows.getFirst().edge(),
        rows.getFirst().lane().word(),
        superseded,
        carried,
        outstanding,
        balances(rows, superseded - carried, outstanding));
  }

  private static boolean balances(List<LaneRow> rows, long difference, long outstanding) {
    if (rows.stream().anyMatch(row -> row.untold().frames() > 0)) {
      // Here the one is taken from the other; the accounts show it if that is wrong.
      return true;
    }
    // Frames that only the edge calls superseded may be so by coarse ones that were replaced again.
    boolean unnamed = rows.stream().anyMatch(row -> row.unnamed().frames() > 0);
    return difference >= 0 && (unnamed || difference <= outstanding);
  }

  /** Whether there is anything to hold against each other. */
  boolean isNeeded() {
    return superseded != 0 || carried != 0;
  }
}
