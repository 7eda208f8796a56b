package io.edgeflow.cloud.store;

/** What a cloud does about the schema of its database when it starts. */
public enum MigrateMode {
  /** Brings it to the present one. */
  AUTO,
  /** Starts only if it is the present one, or a later one. */
  CHECK,
  /** Does not look. */
  OFF
}
