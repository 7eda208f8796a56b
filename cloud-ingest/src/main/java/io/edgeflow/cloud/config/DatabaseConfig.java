package io.edgeflow.cloud.config;

import io.edgeflow.cloud.store.MigrateMode;
import io.edgeflow.cloud.store.StorageSettings;
import io.edgeflow.cloud.store.StorageSettings.Chunks;
import io.edgeflow.cloud.store.StorageSettings.Retention;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import io.edgeflow.process.settings.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * A PostgreSQL of the operator's, version 14 or newer, with TimescaleDB or without.
 *
 * @param url a JDBC address; absent: the embedded PostgreSQL
 * @param writers that store frames side by side, each with a connection; an edge always has the
 *     same
 * @param migrate what a start does about the schema
 * @param compressAfter how old windows and raw readings are compressed where the server can; longer
 *     than the longest outage that is expected, because what comes later is staged first
 */
public record DatabaseConfig(
    Optional<String> url,
    Optional<String> user,
    Optional<Secret> password,
    @Default("2") @Range(min = "1", max = "16") int writers,
    @Default("auto") MigrateMode migrate,
    ChunkConfig chunk,
    @Default("14d") @Range(min = "1d", max = "36500d") Duration compressAfter,
    RetentionConfig retention) {
  public DatabaseConfig {
    new Check()
        .that(
            url.isEmpty() || url.get().startsWith("jdbc:postgresql:"),
            "url",
            "must begin with jdbc:postgresql:")
        .that(
            url.isEmpty() || !url.get().contains("password="),
            "url",
            "must not hold the password: set database.password to file:PATH or env:NAME")
        .that(url.isPresent() || user.isEmpty(), "user", "needs database.url beside it")
        .that(url.isPresent() || password.isEmpty(), "password", "needs database.url beside it")
        .that(
            compressAfter.compareTo(retention.minutes()) < 0,
            "compressAfter",
            "must be shorter than retention.minutes")
        .orRefuse();
  }

  /** As the store takes it. */
  public StorageSettings storage() {
    return new StorageSettings(
        new Chunks(chunk.minutes(), chunk.raw(), chunk.states(), chunk.events()),
        compressAfter,
        new Retention(
            retention.minutes(),
            retention.raw(),
            retention.states(),
            retention.events(),
            retention.hours(),
            retention.days()));
  }
}
