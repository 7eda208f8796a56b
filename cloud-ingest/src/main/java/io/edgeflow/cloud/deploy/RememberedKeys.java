package io.edgeflow.cloud.deploy;

import io.edgeflow.process.trust.KeyDocument;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks once a second, however many documents are signed meanwhile. Thread-safe. */
final class RememberedKeys implements Authority.Keys {
  private static final Duration GOOD_FOR = Duration.ofSeconds(1);

  private record Seen(Optional<KeyDocument> newest, long atNanos) {}

  private final Authority.Keys keys;
  private volatile @Nullable Seen seen;

  RememberedKeys(Authority.Keys keys) {
    this.keys = keys;
  }

  @Override
  public Optional<KeyDocument> newest() throws SQLException {
    Seen before = seen;
    if (before != null && System.nanoTime() - before.atNanos() < GOOD_FOR.toNanos()) {
      return before.newest();
    }
    return newestNow();
  }

  @Override
  public Optional<KeyDocument> newestNow() throws SQLException {
    long now = System.nanoTime();
    Seen next = new Seen(keys.newest(), now);
    seen = next;
    return next.newest();
  }
}
