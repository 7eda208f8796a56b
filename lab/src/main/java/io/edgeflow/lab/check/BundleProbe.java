package io.edgeflow.lab.check;

import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.golden.GoldenRead;
import io.edgeflow.inference.golden.GoldenReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a slot's bundles are in order. No graph is loaded: it could take this process along. */
final class BundleProbe {
  private static final String WITHOUT = "; the process would start without this model";

  private BundleProbe() {}

  static List<Finding> of(ScoringConfig slot) {
    var findings = new ArrayList<Finding>();
    slot.bundle()
        .ifPresent(folder -> findings.add(finding("bundle of slot " + slot.slot(), folder)));
    slot.shadow()
        .ifPresent(folder -> findings.add(finding("shadow of slot " + slot.slot(), folder)));
    return findings;
  }

  /** What a slot with this bundle would write; empty if the bundle cannot be read. */
  static Optional<ScoreSeries> scores(String slot, Path folder) {
    return new BundleReader(BundleLimits.STANDARD).read(folder) instanceof BundleRead.Good good
        ? Optional.of(new ScoreSeries(slot, good.bundle().manifest()))
        : Optional.empty();
  }

  static Finding finding(String what, Path folder) {
    var reader = new BundleReader(BundleLimits.STANDARD);
    return switch (reader.read(folder)) {
      case BundleRead.Refused(BundleRefusal refusal) -> bad(what, folder, refusal);
      case BundleRead.Good(Bundle bundle) ->
          switch (GoldenReader.read(bundle, reader)) {
            case GoldenRead.Refused(BundleRefusal refusal) -> bad(what, folder, refusal);
            case GoldenRead.Good(var golden) ->
                Finding.good(
                    what, bundle + ", " + golden.vectors().size() + " golden vectors, in order");
          };
    };
  }

  private static Finding bad(String what, Path folder, BundleRefusal refusal) {
    return Finding.bad(what, folder + ": " + refusal + WITHOUT);
  }
}
