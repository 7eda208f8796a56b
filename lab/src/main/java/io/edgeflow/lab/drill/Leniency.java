package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.wire.frame.Lane;

/**
 * What may differ between sensors and tables because the ledger says so: the promise allows nothing
 * that is not counted by name.
 */
enum Leniency {
  /** The promise at its strictest. */
  NOTHING {
    @Override
    boolean forgives(Comparison readings, EdgeAccount edge, CloudAccount cloud, long conflicts) {
      return readings.differences().isEmpty();
    }

    @Override
    Balance balance(EdgeAccount edge, CloudAccount cloud) {
      return Balance.of(edge, cloud);
    }
  },

  /**
   * The edge ran out of room and dropped, or the database was put back beyond what the edge still
   * holds: no more may be missing than the cloud names.
   */
  NAMED_LOSSES {
    @Override
    boolean forgives(Comparison readings, EdgeAccount edge, CloudAccount cloud, long conflicts) {
      long named = cloud.dropped(Lane.WINDOW).readings() + cloud.lost(Lane.WINDOW).readings();
      return readings.excess() == 0 && readings.missing() <= named;
    }

    @Override
    Balance balance(EdgeAccount edge, CloudAccount cloud) {
      return Balance.withLosses(edge, cloud);
    }
  },

  /** A running edge was copied: what differs is in conflict, and conflicts are counted (J4, L2). */
  COUNTED_CONFLICTS {
    @Override
    boolean forgives(Comparison readings, EdgeAccount edge, CloudAccount cloud, long conflicts) {
      return readings.differences().isEmpty() || conflicts > 0;
    }

    @Override
    Balance balance(EdgeAccount edge, CloudAccount cloud) {
      return Balance.apart(edge, cloud);
    }
  };

  /**
   * Whether the ledgers name whatever differs.
   *
   * @param conflicts frames that the database counts as in conflict
   */
  abstract boolean forgives(
      Comparison readings, EdgeAccount edge, CloudAccount cloud, long conflicts);

  /** What must be equal all the same. */
  abstract Balance balance(EdgeAccount edge, CloudAccount cloud);
}
