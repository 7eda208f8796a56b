package io.edgeflow.inference.bundle;

/** What became of a folder that claims to be a bundle. */
public sealed interface BundleRead {
  record Good(Bundle bundle) implements BundleRead {}

  record Refused(BundleRefusal refusal) implements BundleRead {}
}
