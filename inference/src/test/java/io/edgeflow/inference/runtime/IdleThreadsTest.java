package io.edgeflow.inference.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model has the threads of its budget, and they take no processor while it has nothing to do. */
final class IdleThreadsTest {
  private static final Path TASKS = Path.of("/proc/self/task");

  /** Native threads inherit the name of the thread that starts them. */
  private static final String NAME = "idle-threads";

  private static final int ROW = 256;
  private static final int ROUNDS = 20;

  /** Measured: 10 to 30 ms a round with threads that spin, 0 with those that do not. */
  private static final long MOST_NANOS_A_ROUND = 2_000_000;

  @TempDir Path directory;

  @Test
  void takeNoProcessor() throws Exception {
    assumeTrue(Files.exists(TASKS), "only Linux tells");
    var outcome = new CompletableFuture<Long>();
    Thread.ofPlatform()
        .name(NAME)
        .start(
            () -> {
              try {
                outcome.complete(idleNanos());
              } catch (Exception | AssertionError e) {
                outcome.completeExceptionally(e);
              }
            });
    long idle = outcome.get();
    assertTrue(idle < ROUNDS * MOST_NANOS_A_ROUND, () -> idle + " ns in " + ROUNDS + " rounds");
  }

  private long idleNanos() throws Exception {
    var settings =
        RuntimeSettings.defaults().with(new ThreadBudget(3), List.of(ExecutionProvider.CPU));
    Path graph = TestGraphs.write(directory, "m", TestGraphs.autoencoder(ROW, 512, new Random(1)));
    try (var model = ScoringRuntime.open(settings).load(graph, TestRuntime.spec(ROW))) {
      List<Path> pool = pool();
      assertEquals(2, pool.size(), "the third one is the caller");
      float[] rows = new float[1024 * ROW];
      long start = nanos(pool);
      long idle = 0;
      for (int i = 0; i < ROUNDS; i++) {
        model.score(rows, 1024);
        long before = nanos(pool);
        Thread.sleep(50);
        idle += nanos(pool) - before;
      }
      assertTrue(nanos(pool) - idle > start, "they do work");
      return idle;
    }
  }

  private static List<Path> pool() throws IOException {
    Path self = TASKS.resolve(Path.of("/proc/thread-self").toRealPath().getFileName());
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.filter(task -> isNamed(task) && !task.equals(self)).toList();
    }
  }

  private static boolean isNamed(Path task) {
    try {
      return Files.readString(task.resolve("comm")).strip().equals(NAME);
    } catch (IOException hasEnded) {
      return false;
    }
  }

  private static long nanos(List<Path> tasks) throws IOException {
    long nanos = 0;
    for (Path task : tasks) {
      nanos += Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ", -1)[0]);
    }
    return nanos;
  }
}
