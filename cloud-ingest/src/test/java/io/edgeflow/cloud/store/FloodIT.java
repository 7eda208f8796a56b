package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import io.edgeflow.cloud.postgres.DatabaseAddress;
import io.edgeflow.cloud.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four writers in a JVM whose heap is half of a cloud's, under a flood of what is large. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class FloodIT {
  private static final Pattern SETTLED =
      Pattern.compile("settled frames=(\\d+) hellos=(\\d+) refused=(\\d+)");

  @Test
  void staysWithinItsMemoryAndSettlesWhatItTook(@TempDir Path folder) throws Exception {
    long seed = Long.getLong("edgeflow.seed", System.nanoTime());
    DatabaseAddress database = TestDatabase.fresh();
    try (HikariDataSource pool = Pool.open(database, "test", 3)) {
      new Migrations(pool).run();
    }
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FloodedWriter.class.getName(),
                database.url(),
                database.user(),
                database.password(),
                Long.toString(seed))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String said = Files.readString(output);
    assertEquals(0, code, () -> "seed " + seed + "\n" + said);
    Matcher settled = SETTLED.matcher(said);
    assertTrue(settled.find(), said);
    assertTrue(Integer.parseInt(settled.group(1)) > 0, said);
    assertTrue(Integer.parseInt(settled.group(3)) > 0, "nothing was turned down: " + said);
    assertEquals(Optional.empty(), said.lines().filter(l -> l.contains("OutOfMemory")).findAny());
  }
}
