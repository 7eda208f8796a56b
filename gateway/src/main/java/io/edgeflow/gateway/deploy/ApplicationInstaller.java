package io.edgeflow.gateway.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Whoever installs versions of programs beside this gateway. One thread; must not block. */
public interface ApplicationInstaller {
  /** Where nobody does. */
  ApplicationInstaller NONE =
      new ApplicationInstaller() {
        @Override
        public Optional<String> current() {
          return Optional.empty();
        }

        @Override
        public InstallState ask(String digest, Path folder, String version) {
          return new InstallState.Unavailable("there is no sync-node here");
        }
      };

  /** Digest of the bundle that is installed and runs; empty if it came otherwise. */
  Optional<String> current();

  /**
   * Asks for a version, again and again until it says how that ended, after a restart of this
   * process too: the same request twice is one.
   *
   * @param digest empty: the version that came with the machine
   * @param folder of the verified bundle; it stays until another version is asked for
   */
  InstallState ask(String digest, Path folder, String version);

  /**
   * As the other.
   *
   * @param soak how long it must run well before it is found good
   */
  default InstallState ask(String digest, Path folder, String version, Duration soak) {
    return ask(digest, folder, version);
  }

  /**
   * A new attempt begins: that an earlier one was refused or came to nothing no longer answers for
   * it. Not to be called again while it is asked for.
   */
  default void begin(String digest) {}

  /**
   * A person lets a version be tried again that did badly; counts for the next time it is asked.
   */
  default void forgive(String digest) {}
}
