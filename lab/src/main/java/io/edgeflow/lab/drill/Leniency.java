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
  NOTHING {
    @Override
    long missing(EdgeAccount edge, CloudAccount cloud) {
      return 0;
    }

    @Override
    Balance balance(EdgeAccount edge, CloudAccount cloud) {
      return Balance.of(edge, cloud);
    }
  },

  /**
   * The edge ran out of room and dropped, or the database was put back beyond what the edge still
   * holds.
   */
  NAMED_LOSSES {
    @Override
    long missing(EdgeAccount edge, CloudAccount cloud) {
      return edge.lane(Lane.WINDOW).dropped().readings() + cloud.lost(Lane.WINDOW).readings();
    }

    @Override
    Balance balance(EdgeAccount edge, CloudAccount cloud) {
      return Balance.withLosses(edge, cloud);
    }
  };

  /** The most readings that may be missing in the tables. */
  abstract long missing(EdgeAccount edge, CloudAccount cloud);

  abstract Balance balance(EdgeAccount edge, CloudAccount cloud);
}
