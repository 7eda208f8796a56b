package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.trust.KeyDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AuthorityTest {
  private static final Instant NOW = Instant.parse("2026-11-21T17:00:00Z");

  @Test
  void whoPostsKeysMayBeginARolloutAtOnce() throws Exception {
    var posted = new AtomicReference<Optional<KeyDocument>>(Optional.empty());
    var authority = new Authority("edgeflow", Optional.of(TestKeys.CONTROLLER), posted::get);
    assertTrue(authority.objection(NOW).orElse("").contains("no key document"));
    posted.set(Optional.of(TestKeys.document(1, TestKeys.CONTROLLER.verifying())));
    assertEquals(Optional.empty(), authority.objection(NOW));
  }
}
