package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the servers of earlier owners left behind in a data directory: one that runs or is about to,
 * or processes of one that was killed. These end when they notice, which one that hangs in a disk
 * never does; and as long as one of them is there, PostgreSQL starts no other server.
 */
final class Remains {
  private static final Logger LOG = LoggerFactory.getLogger(Remains.class);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(20);

  /** What the system calls each process of a server. */
  private static final String SERVER = "postgres";

  private Remains() {}

  /**
   * Waits until it is plain that there is a server or that there is nothing; what hangs is killed
   * after a grace. Nobody else starts servers there meanwhile.
   *
   * @return the live server; empty if another may be started
   */
  static Optional<Postmaster> settle(Path data) throws IOException {
    long begin = System.nanoTime();
    for (; ; ) {
      Optional<Postmaster> server = Postmaster.of(data);
      List<ProcessHandle> others = server.isPresent() ? List.of() : processes(data);
      if (others.isEmpty()) {
        return server;
      }
      long waited = System.nanoTime() - begin;
      if (waited > LIMIT.toNanos()) {
        throw new IOException("processes of a dead server do not end: " + others);
      }
      if (waited > GRACE.toNanos()) {
        LOG.warn("killing what a dead server left behind processes={}", others);
        others.forEach(ProcessHandle::destroyForcibly);
      }
      pause();
    }
  }

  /** All processes of a server work in its data directory; people and their tools may, too. */
  private static List<ProcessHandle> processes(Path data) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(process -> worksIn(process, data)).toList();
    }
  }

  private static boolean worksIn(ProcessHandle process, Path data) {
    Path facts = Path.of("/proc", Long.toString(process.pid()));
    try {
      return Files.readString(facts.resolve("comm")).strip().equals(SERVER)
          && Files.isSameFile(facts.resolve("cwd"), data);
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }
}
