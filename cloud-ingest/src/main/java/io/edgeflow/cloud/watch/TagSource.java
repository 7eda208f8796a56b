package io.edgeflow.cloud.watch;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where versions are announced. A stranger's machine: slow, away, or telling nonsense. */
interface TagSource {
  int MOST_TAGS = 20_000;

  /**
   * All tags there are, {@value #MOST_TAGS} at most, in no particular order. Blocks, but not for
   * long.
   */
  List<String> tags() throws IOException, InterruptedException;

  /** What a bundle has to name to mean this tag's image; empty where there are no images. */
  Optional<String> image(String tag) throws IOException, InterruptedException;
}
