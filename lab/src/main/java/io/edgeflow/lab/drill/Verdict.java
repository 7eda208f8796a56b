package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import java.util.ArrayList;
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

  /** As it is, with more that was found wrong. */
  Verdict and(List<String> more) {
    List<String> all = new ArrayList<>(faults);
    all.addAll(more);
    return new Verdict(all, comparison, repetitions, ledger, edge, cloud);
  }

  boolean held() {
    return faults.isEmpty();
  }
}
