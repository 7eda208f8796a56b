package io.edgeflow.cloud.postgres;

import io.edgeflow.process.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One data directory and the programs that serve it. Not thread-safe: its owner takes turns. */
final class Cluster {
  static final String USER = "edgeflow";

  private static final Duration CREATION = Duration.ofMinutes(2);
  private static final Duration RECOVERY = Duration.ofMinutes(10);

  /** PostgreSQL itself kills after 5 s what does not end at once. */
  private static final Duration AT_ONCE = Duration.ofSeconds(10);

  private static final long LOG_BYTES = 8L << 20;
  private static final int LOG_LINES = 3;
  private static final String MAJOR = "18";

  /** Small, durable, quiet when idle. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=128MB",
          "effective_cache_size=512MB",
          "work_mem=8MB",
          "maintenance_work_mem=64MB",
          "max_connections=60",
          "max_wal_size=1GB",
          "checkpoint_timeout=15min",
          "wal_writer_delay=10s",
          "io_method=sync",
          "max_worker_processes=2",
          "max_parallel_workers=0",
          "max_wal_senders=0",
          "jit=off",
          "log_checkpoints=off",
          "log_min_messages=warning",
          "timezone=UTC",
          "log_timezone=UTC");

  private final Path programs;
  private final Path data;
  private final Path log;
  private final Privilege privilege;

  Cluster(Path programs, Path home, Privilege privilege) {
    this.programs = programs;
    this.data = home.resolve("data");
    this.log = home.resolve("server.log");
    this.privilege = privilege;
  }

  /** Creates the data directory unless it is there; it appears by a rename, so it is whole. */
  void create(Path password) throws IOException {
    Path version = data.resolve("PG_VERSION");
    if (Files.exists(version)) {
      requireVersion(Files.readString(version).strip());
      return;
    }
    Path unfinished = data.resolveSibling("data.tmp");
    Folders.delete(unfinished);
    privilege.own(data.resolveSibling("."));
    run(
        CREATION,
        "initdb",
        "--pgdata=" + unfinished,
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums");
    Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
  }

  Optional<Postmaster> running() throws IOException {
    return Postmaster.of(data);
  }

  /** What an earlier owner or a crash left running; afterwards nothing is in the way of a start. */
  Optional<Postmaster> left() throws IOException {
    return Remains.settle(data);
  }

  /** Waits until the server takes connections, which after a crash is when it has recovered. */
  Postmaster start(int port) throws IOException {
    Postmaster.forgetStranger(data);
    if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
      Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> options = new ArrayList<>(List.of("-p", Integer.toString(port)));
    SETTINGS.forEach(setting -> options.add("-c '" + setting + "'"));
    try {
      serve(options);
    } catch (IOException failed) {
      throw new IOException(failed.getMessage() + "; its log ends with: " + logEnd(), failed);
    }
    return running().orElseThrow(() -> new IOException("PostgreSQL started and ended; see " + log));
  }

  private void serve(List<String> options) throws IOException {
    run(
        RECOVERY.plusSeconds(5),
        "pg_ctl",
        "start",
        "--wait",
        "--timeout=" + RECOVERY.toSeconds(),
        "--pgdata=" + data,
        "--log=" + log,
        "--options=" + String.join(" ", options));
  }

  /** What the server wrote last, where "examine the log output" would be no help to a reader. */
  private String logEnd() {
    try {
      List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException unreadable) {
      return "(not readable: " + unreadable.getMessage() + ")";
    }
  }

  /**
   * Fast, and where that takes longer than the limit at once: the next start recovers. Returns when
   * none of its processes is there any more, which is a little after its file is gone.
   */
  void stop(Duration limit) throws IOException {
    try {
      stop("fast", limit);
    } catch (IOException slow) {
      if (running().isPresent()) {
        stop("immediate", AT_ONCE);
      }
    }
    if (left().isPresent()) {
      throw new IOException("PostgreSQL does not end; see " + log);
    }
  }

  private void stop(String mode, Duration limit) throws IOException {
    run(
        limit.plusSeconds(1),
        "pg_ctl",
        "stop",
        "--mode=" + mode,
        "--wait",
        "--timeout=" + Math.max(1, limit.toSeconds()),
        "--pgdata=" + data);
  }

  private void run(Duration limit, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(programs.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    Command.run(limit, privilege.wrap(command));
  }

  private void requireVersion(String found) throws IOException {
    if (!found.equals(MAJOR)) {
      throw new IOException(
          data + " belongs to PostgreSQL " + found + ", this program brings " + MAJOR);
    }
  }
}
