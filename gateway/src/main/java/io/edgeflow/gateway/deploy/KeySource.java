package io.edgeflow.gateway.deploy;

import io.edgeflow.process.trust.KeyDocument;
import java.util.Optional;

/** The chain of key documents from the pinned root on, on the disk. Safe from any thread. */
public interface KeySource {
  /** Empty until a chain was fetched for the first time. Waits for no network. */
  Optional<KeyDocument> newest();

  /** Of the newest; 0 for none. */
  default int number() {
    return newest().map(KeyDocument::number).orElse(0);
  }

  /**
   * Fetches a longer chain and keeps it, if one is there and continues from the pinned root. Blocks
   * for seconds at most, and says nothing if it fails: ask {@link #number} afterwards.
   *
   * @param atLeast the number that somebody mentioned
   */
  void refresh(int atLeast);
}
