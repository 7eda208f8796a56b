package io.edgeflow.gateway.syncnode;

import io.edgeflow.gateway.clock.OsClock;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.gateway.disk.DirectoryInUse;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.process.lifecycle.Lifecycle;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The composition root of the service, and the thread that it works on. */
final class SyncProcess {
  private static final Logger log = LoggerFactory.getLogger(SyncProcess.class);
  private static final long JOIN_MILLIS = 4000;

  private final Installer installer;
  private final long pollNanos;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;

  private SyncProcess(Installer installer, long pollNanos) {
    this.installer = installer;
    this.pollNanos = pollNanos;
    this.thread = Thread.ofPlatform().daemon().name("sync-node").unstarted(this::run);
  }

  /** Returns when it works. */
  static SyncProcess start(SyncNodeConfig config, Lifecycle parts) throws Exception {
    return parts.start(
        () -> {
          Path home = config.dataDir();
          Files.createDirectories(home);
          refuseOpen(home);
          parts.open("lock", () -> lock(home), Closeable::close);
          HttpHealth health =
              parts.open("health", () -> new HttpHealth(config.health()), HttpHealth::close);
          Installer installer = installer(config, health, new ProcessCommands());
          var process = new SyncProcess(installer, config.poll().toNanos());
          return parts.open("installer", process::begin, SyncProcess::close);
        });
  }

  private static Closeable lock(Path home) throws IOException {
    try {
      return new NioDisk().lock(home.resolve("lock"));
    } catch (DirectoryInUse inUse) {
      throw new IOException(inUse.getMessage(), inUse);
    }
  }

  /** Whoever may write here has the rights of this service. */
  private static void refuseOpen(Path home) throws IOException {
    if (Files.getPosixFilePermissions(home).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(home + " may be written by everybody: chmod o-w it");
    }
  }

  private static Installer installer(SyncNodeConfig config, Health health, Commands commands)
      throws IOException {
    var tools = new Tools(commands, config.commands());
    var store = new VersionStore(config.dataDir());
    var trust =
        new Trust(
            root(config.root()), config.dataDir().resolve("keys.json"), SyncProcess::believed);
    var machine =
        new LocalMachine(
            config.dataDir(),
            store,
            new Exchange(config.requests()),
            new Stager(store, trust, tools, config),
            tools);
    var limits =
        new Watch.Limits(
            config.health().within(), config.health().patience(), config.health().restarts());
    return new Installer(
        machine,
        new Watch(machine, health, System::nanoTime, limits),
        InstantSource.system(),
        new Installer.Rules(config.program(), config.keep(), config.attempts()));
  }

  private static VerifyingKey root(Path file) throws IOException {
    try {
      return VerifyingKey.parse(Files.readString(file));
    } catch (IllegalArgumentException notOne) {
      throw new IOException(file + " " + notOne.getMessage(), notOne);
    }
  }

  /** Expiry needs a clock that somebody keeps right (rule R5). */
  private static Optional<Instant> believed() {
    return new OsClock().synchronised() == OsSync.YES
        ? Optional.of(Instant.now())
        : Optional.empty();
  }

  private SyncProcess begin() throws IOException {
    installer.begin();
    thread.start();
    return this;
  }

  private void run() {
    String complaint = "";
    try {
      while (!stop.await(pollNanos, TimeUnit.NANOSECONDS)) {
        try {
          installer.tick();
          complaint = "";
        } catch (Stopping stopping) {
          throw stopping;
        } catch (IOException | RuntimeException failed) { // A full disk; it is taken again.
          String now = String.valueOf(failed);
          if (!now.equals(complaint)) {
            log.error("the step could not be taken, trying on: {}", now);
          }
          complaint = now;
        }
      }
    } catch (InterruptedException | Stopping stopping) {
      log.debug("stopping");
    }
  }

  private void close() throws InterruptedException {
    stop.countDown();
    thread.interrupt();
    thread.join(JOIN_MILLIS);
  }
}
