package io.edgeflow.cloud.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import java.time.Duration;
import java.util.UUID;

/** Bounded connection pools whose connections find the tables and have commits on disk. */
public final class Pool {
  /** The schema of the tables; the views are in schema {@code edgeflow}. */
  public static final String SCHEMA = "store";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Pool() {}

  /**
   * Does not wait for the server: the first {@code getConnection} does, for at most 5 s.
   *
   * @param size the most connections
   */
  public static HikariDataSource open(DatabaseAddress address, String name, int size) {
    return open(address, name, size, "");
  }

  /**
   * As the other, for connections that write down which edges are connected.
   *
   * @param process whose edges they are, see {@link NameTable}
   */
  public static HikariDataSource open(
      DatabaseAddress address, String name, int size, UUID process) {
    return open(address, name, size, " -c edgeflow.process=" + process);
  }

  private static HikariDataSource open(
      DatabaseAddress address, String name, int size, String option) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(address.url());
    config.setUsername(address.user());
    config.setPassword(address.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
    config.setConnectionTimeout(PATIENCE.toMillis());
    config.setInitializationFailTimeout(-1);
    // Public is where extensions put their functions.
    config.addDataSourceProperty("currentSchema", SCHEMA + ",public");
    config.addDataSourceProperty(
        "options", "-c synchronous_commit=on -c TimeZone=UTC -c jit=off" + option);
    config.addDataSourceProperty("ApplicationName", "edgeflow " + name);
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "5");
    // Of several hosts the one that was promoted is found at once.
    config.addDataSourceProperty("hostRecheckSeconds", "1");
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    return new HikariDataSource(config);
  }
}
