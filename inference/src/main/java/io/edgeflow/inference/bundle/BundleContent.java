package io.edgeflow.inference.bundle;

/** What became of a document of a bundle that was to be read once more. */
public sealed interface BundleContent {
  @SuppressWarnings("ArrayRecordComponent") // Made to be read once, not to be compared.
  record Bytes(byte[] bytes) implements BundleContent {}

  record Refused(BundleRefusal refusal) implements BundleContent {}
}
