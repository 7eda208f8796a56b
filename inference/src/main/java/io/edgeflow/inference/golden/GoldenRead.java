package io.edgeflow.inference.golden;

import io.edgeflow.inference.bundle.BundleRefusal;

/** What became of the golden vectors of a bundle. */
public sealed interface GoldenRead {
  record Good(Golden golden) implements GoldenRead {}

  record Refused(BundleRefusal refusal) implements GoldenRead {}
}
