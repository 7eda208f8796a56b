package io.edgeflow.gateway.deploy;

/** How far an installation is. */
public sealed interface InstallState {
  /** Nobody here installs; nothing was done. */
  record Unavailable(String why) implements InstallState {}

  /** It goes on. */
  record Working(String what) implements InstallState {}

  /** The new version runs; it is still being watched. */
  record Running() implements InstallState {}

  /** It runs and was found good. */
  record Proven() implements InstallState {}

  /** It could not be installed; what ran before runs on. */
  record Failed(String why) implements InstallState {}

  /** It ran, did badly, and the version before runs again. */
  record RolledBack(String why) implements InstallState {}
}
