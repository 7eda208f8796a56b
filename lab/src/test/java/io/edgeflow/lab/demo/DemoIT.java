package io.edgeflow.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person starts it: a process of its own, with real children. */
final class DemoIT {
  private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(6);

  @TempDir private Path home;

  @Test
  void endsByItselfWithALedgerThatBalances() throws Exception {
    try (ChildProcess demo = start("--for", "12s", "--window", "5s", "--bad-input-every", "1s")) {
      awaitUntil(demo, () -> !demo.isAlive());

      assertEquals(0, demo.stop(Duration.ofSeconds(1)), demo::lastWords);
      String said = Files.readString(log());
      assertTrue(said.contains("dashboard             http://127.0.0.1:"), said);
      assertTrue(said.contains("the ledger balances"), said);
      assertFalse(said.contains("OFF"), said);
      assertTrue(said.matches("(?s).*rejected +[1-9].*"), said);
    }
  }

  @Test
  void takesItsChildrenAlongWhenItIsKilled() throws Exception {
    try (ChildProcess demo = start()) {
      awaitUntil(demo, () -> Files.readString(log()).contains("dashboard"));
      List<ProcessHandle> family = family(demo);
      assertEquals(3, family.size(), () -> "cloud, gateway and database: " + family);

      demo.kill();

      awaitUntil(demo, () -> family.stream().noneMatch(ProcessHandle::isAlive));
    }
  }

  /** A database goes its own way once started, and leaves its number in a file. */
  private List<ProcessHandle> family(ChildProcess demo) throws IOException {
    Path database = home.resolve("data").resolve("demo").resolve("cloud");
    try (Stream<Path> files = Files.walk(database)) {
      Path pidFile = files.filter(f -> f.endsWith("postmaster.pid")).findFirst().orElseThrow();
      long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
      return Stream.concat(
              ProcessHandle.of(demo.pid()).orElseThrow().children(), ProcessHandle.of(pid).stream())
          .toList();
    }
  }

  private ChildProcess start(String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("demo"));
    arguments.addAll(List.of(options));
    return ChildProcess.start(
        new ChildProcess.Command(
            "io.edgeflow.lab.Lab", List.of("-Xmx256m"), arguments, home, log()));
  }

  private Path log() {
    return home.resolve("demo.log");
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void awaitUntil(ChildProcess demo, Condition condition) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.holds()) {
      assertTrue(System.nanoTime() < deadline, demo::lastWords);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
