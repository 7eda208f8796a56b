package io.edgeflow.gateway.deploy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/** Where bundles come from, and where they stay. Safe from any thread. */
public interface BundleSource {
  /**
   * A bundle that is on the disk, complete, verified and never changed again: the folder that a
   * model is loaded from. It survives power cuts. Waits for no network.
   */
  Optional<Path> folder(String digest);

  /**
   * Brings a bundle onto the disk, from where an earlier try ended; one that is there already is
   * {@link FetchOutcome.Fetched} at once. Blocks, for hours over a bad line: it tries again by
   * itself what is worth trying again, for as long as it sees fit.
   *
   * @param floor by the model's name the least number that is taken; 0 for any
   * @param stop asked often; true: give up, keep what is there
   */
  FetchOutcome fetch(
      String digest, ToLongFunction<String> floor, FetchProgress progress, BooleanSupplier stop);

  /** Whatever else is on the disk may be deleted, parts of unfinished downloads too. */
  void keepOnly(Set<String> digests);

  /** Whose signatures count. */
  KeySource keys();
}
