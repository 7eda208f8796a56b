package io.edgeflow.cloud.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Secret;
import java.util.Optional;

/**
 * A PostgreSQL of the operator's, version 14 or newer, with TimescaleDB or without.
 *
 * @param url a JDBC address; absent: the embedded PostgreSQL
 */
public record DatabaseConfig(
    Optional<String> url, Optional<String> user, Optional<Secret> password) {
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
        .orRefuse();
  }
}
