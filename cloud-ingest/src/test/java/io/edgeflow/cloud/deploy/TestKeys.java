package io.edgeflow.cloud.deploy;

import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.OrderCheck;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.VerifyingKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A root and a controller that it vouches for. */
final class TestKeys {
  static final SigningKey ROOT = SigningKey.generate();
  static final SigningKey CONTROLLER = SigningKey.generate();

  private TestKeys() {}

  static Authority authority() {
    return authority(document(1, CONTROLLER.verifying()));
  }

  static Authority authority(KeyDocument document) {
    return new Authority("edgeflow", Optional.of(CONTROLLER), () -> Optional.of(document));
  }

  static KeyDocument document(int number, VerifyingKey controller) {
    return new KeyDocument(
        1,
        number,
        List.of(ROOT.verifying()),
        Map.of(),
        Map.of("cloud", new Publisher(controller, 0)));
  }

  static OrderCheck check() {
    return new OrderCheck(document(1, CONTROLLER.verifying()), Optional.empty());
  }
}
