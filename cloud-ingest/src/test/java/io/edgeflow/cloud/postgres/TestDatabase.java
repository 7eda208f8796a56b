package io.edgeflow.cloud.postgres;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL for all tests of a JVM: embedded, or the server that EDGEFLOW_TEST_DATABASE_URL
 * (with _USER and _PASSWORD) names. Every caller gets a database of its own.
 */
public final class TestDatabase {
  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static @Nullable DatabaseAddress server;
  private static @Nullable String template;

  private TestDatabase() {}

  /** An empty one. */
  public static DatabaseAddress fresh() throws IOException, SQLException {
    return create("");
  }

  /**
   * One in which something was done before: where the server is ours it is done once, and copied.
   */
  public static DatabaseAddress prepared(Preparation preparation) throws Exception {
    if (System.getenv("EDGEFLOW_TEST_DATABASE_URL") != null) {
      // Somebody else's background workers may be connected to what is to be copied.
      DatabaseAddress address = fresh();
      preparation.prepare(address);
      return address;
    }
    return create(" template " + template(preparation));
  }

  /** Leaves no connection open. */
  public interface Preparation {
    void prepare(DatabaseAddress empty) throws Exception;
  }

  private static synchronized String template(Preparation preparation) throws Exception {
    String present = template;
    if (present != null) {
      return present;
    }
    DatabaseAddress address = fresh();
    preparation.prepare(address);
    String name = address.url().replaceFirst(".*/", "");
    template = name;
    return name;
  }

  private static DatabaseAddress create(String like) throws IOException, SQLException {
    DatabaseAddress address = server();
    String name = "test_" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet();
    try (Connection connection =
            DriverManager.getConnection(address.url(), address.user(), address.password());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + like);
    }
    return new DatabaseAddress(
        address.url().replaceFirst("/[^/?]*(\\?|$)", "/" + name + "$1"),
        address.user(),
        address.password());
  }

  private static synchronized DatabaseAddress server() throws IOException {
    DatabaseAddress present = server;
    if (present != null) {
      return present;
    }
    Map<String, String> environment = System.getenv();
    String url = environment.get("EDGEFLOW_TEST_DATABASE_URL");
    DatabaseAddress started =
        url == null
            ? embedded()
            : new DatabaseAddress(
                url,
                environment.getOrDefault("EDGEFLOW_TEST_DATABASE_USER", "postgres"),
                environment.getOrDefault("EDGEFLOW_TEST_DATABASE_PASSWORD", ""));
    server = started;
    return started;
  }

  private static DatabaseAddress embedded() throws IOException {
    Path home = Files.createTempDirectory("edgeflow-test-postgres-");
    // A path with a point in it is as good as any.
    EmbeddedPostgres postgres = EmbeddedPostgres.start(home, Path.of(".", "target"));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres, home)));
    return postgres.address();
  }

  private static void stop(EmbeddedPostgres postgres, Path home) {
    try {
      postgres.close();
      Folders.delete(home);
    } catch (IOException left) {
      throw new IllegalStateException(left);
    }
  }
}
