package io.edgeflow.cloud.store;

/**
 * How the tables that grow with time are cut, by what the server has. A database keeps what it was
 * created with; only hypertables gain what the community licence adds, once it is there.
 */
public sealed interface Layout {
  /**
   * TimescaleDB under its community licence: hypertables, compression, continuous aggregates.
   *
   * @param version of the extension
   * @param continuous whether hours and days are continuous aggregates, which they are where the
   *     database was created under this licence
   */
  record Community(String version, boolean continuous) implements Layout {}

  /**
   * TimescaleDB under the Apache licence: hypertables only; roll-ups are tables of ours.
   *
   * @param version of the extension
   */
  record Hypertables(String version) implements Layout {}

  /** PostgreSQL alone: partitions of a week that the writer makes; roll-ups are tables of ours. */
  record NativePartitions() implements Layout {}

  /** For people and programs, as {@code /api/v1/status} shows it. */
  default String word() {
    return switch (this) {
      case Community _ -> "timescaledb-community";
      case Hypertables _ -> "timescaledb-apache";
      case NativePartitions _ -> "native";
    };
  }

  /** Whether rows far from now need a table of their own, because any time makes a chunk. */
  default boolean hasArchive() {
    return switch (this) {
      case Community _, Hypertables _ -> true;
      case NativePartitions _ -> false;
    };
  }

  /** Whether old chunks are compressed, so that what comes late is staged. */
  default boolean compresses() {
    return switch (this) {
      case Community _ -> true;
      case Hypertables _, NativePartitions _ -> false;
    };
  }
}
