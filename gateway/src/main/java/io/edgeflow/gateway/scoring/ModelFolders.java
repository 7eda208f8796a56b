package io.edgeflow.gateway.scoring;

import java.nio.file.Path;

/**
 * Where the gateway keeps what models need, in its data directory.
 *
 * @param root made when it is needed
 */
record ModelFolders(Path root) {
  /** Which digests killed the process. */
  Path attempts() {
    return root.resolve("attempts");
  }

  /** What people chose for slots. */
  Path choices() {
    return root.resolve("slots");
  }

  /** The runtime's own libraries and what it compiled. */
  Path runtime() {
    return root.resolve("runtime");
  }

  /** Of one model's own process. */
  Path child(String slot, String digest) {
    return root.resolve("children").resolve(slot + "-" + digest);
  }
}
