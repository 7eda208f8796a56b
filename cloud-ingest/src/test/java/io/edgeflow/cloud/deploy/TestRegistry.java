package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.registry.PublishedBundle;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Some versions of one model, in memory. */
final class TestRegistry implements Registry {
  static final PublishedBundle OLD = version("1.0", 1);
  static final PublishedBundle NEW = version("1.1", 2);
  static final PublishedBundle BAD = version("1.2", 3);

  private static PublishedBundle version(String version, long number) {
    return new PublishedBundle(
        PayloadKind.MODEL, "wear", version, number, Digests.of("wear " + version), 1_000_000);
  }

  private static Stream<PublishedBundle> all() {
    return Stream.of(OLD, NEW, BAD);
  }

  @Override
  public Optional<PublishedBundle> bundle(String digest) {
    return all().filter(one -> one.digest().equals(digest)).findFirst();
  }

  @Override
  public Optional<PublishedBundle> version(String model, String version) {
    return all()
        .filter(one -> List.of(one.model(), one.version()).equals(List.of(model, version)))
        .findFirst();
  }

  @Override
  public int newestKeys() {
    return 1;
  }

  @Override
  public Optional<KeyDocument> newestKeyDocument() {
    return Optional.of(TestKeys.document(1, TestKeys.CONTROLLER.verifying()));
  }
}
