package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import java.util.List;

/**
 * Whether the promise held.
 *
 * @param faults each thing that differs from the promise; empty if it held
 * @param repetitions messages that sensors sent again
 * @param ledger both ends', ready to print
 */
record Verdict(
    List<String> faults,
    Comparison comparison,
    long repetitions,
    String ledger,
    EdgeAccount edge,
    CloudAccount cloud) {
  Verdict {
    faults = List.copyOf(faults);
  }

  boolean held() {
    return faults.isEmpty();
  }
}
