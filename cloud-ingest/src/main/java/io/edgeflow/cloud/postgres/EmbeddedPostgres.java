package io.edgeflow.cloud.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL 18 in a folder of ours: on loopback, with a password that only this folder knows,
 * every commit on disk before it is confirmed.
 *
 * <p>A server that an earlier, crashed owner left behind is adopted if it answers, else it is
 * stopped, and so are processes that outlive their server. A server that dies is started again, at
 * the same port, with growing pauses. One folder has one owner at a time. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(3);
  private static final int PASSWORD_BYTES = 24;
  private static final int PORTS = 5;

  /** Also on a machine that has much else to do: a sound server is not to be stopped. */
  private static final int ANSWER_SECONDS = 10;

  private final Cluster cluster;
  private final FileChannel owner;
  private final String password;
  private final Watch watch;
  private final int port;

  private EmbeddedPostgres(Cluster cluster, FileChannel owner, String password, Postmaster server) {
    this.cluster = cluster;
    this.owner = owner;
    this.password = password;
    this.port = server.port();
    this.watch = Watch.over(server, this::revive);
  }

  /**
   * Creates what is missing, and returns when the server takes connections.
   *
   * @throws IOException also when another process owns the folder
   */
  public static EmbeddedPostgres start(Path home) throws IOException {
    return start(home, home);
  }

  /**
   * @param programs where the programs are unpacked to, or were; several homes may share them
   */
  public static EmbeddedPostgres start(Path home, Path programs) throws IOException {
    Path folder = Files.createDirectories(home).toRealPath();
    FileChannel owner = claim(folder);
    try {
      Path passwordFile = password(folder);
      Cluster cluster =
          new Cluster(Binaries.unpack(programs.toAbsolutePath()), folder, Privilege.detect());
      cluster.create(passwordFile);
      String password = Files.readString(passwordFile).strip();
      return new EmbeddedPostgres(cluster, owner, password, serve(cluster, folder, password));
    } catch (IOException | RuntimeException failed) {
      owner.close();
      throw failed;
    }
  }

  public DatabaseAddress address() {
    return address(port, password);
  }

  /** The server's process, for whoever watches or kills it. */
  public long pid() {
    return watch.pid();
  }

  /** Stops the server; what was committed stays. Twice is fine. */
  @Override
  public void close() throws IOException {
    if (!watch.end()) {
      return;
    }
    try {
      if (cluster.running().isPresent()) {
        cluster.stop(STOP_LIMIT);
      }
    } finally {
      owner.close();
    }
  }

  /**
   * For tests: what a killed owner leaves behind, a server that runs and a folder without owner.
   */
  void abandon() throws IOException {
    watch.end();
    owner.close();
  }

  private Postmaster revive() throws IOException {
    Optional<Postmaster> running = cluster.left();
    return running.isPresent() ? running.get() : cluster.start(port);
  }

  private static Postmaster serve(Cluster cluster, Path folder, String password)
      throws IOException {
    Optional<Postmaster> left = cluster.left();
    if (left.isPresent()) {
      if (answers(left.get(), password)) {
        LOG.info("adopted the running server pid={}", left.get().pid());
        return left.get();
      }
      LOG.warn("the server left behind does not answer: stopping it pid={}", left.get().pid());
      cluster.stop(PATIENCE);
    }
    Postmaster server = start(cluster, port(folder));
    Files.writeString(portFile(folder), server.port() + "\n");
    LOG.info("started PostgreSQL port={} pid={}", server.port(), server.pid());
    return server;
  }

  /** At this port, or at another where somebody took it meanwhile. */
  static Postmaster start(Cluster cluster, int wanted) throws IOException {
    int port = wanted;
    for (int tries = 1; ; tries++) {
      try {
        return cluster.start(port);
      } catch (IOException failed) {
        if (tries == PORTS || isFree(port)) {
          throw failed;
        }
        LOG.info("somebody took the port: trying another port={}", port);
        port = freePort();
      }
    }
  }

  private static boolean answers(Postmaster server, String password) {
    DatabaseAddress address = address(server.port(), password);
    Properties login = new Properties();
    login.setProperty("user", address.user());
    login.setProperty("password", address.password());
    login.setProperty("connectTimeout", Integer.toString(ANSWER_SECONDS));
    login.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
    try (Connection connection = DriverManager.getConnection(address.url(), login)) {
      return connection.isValid(ANSWER_SECONDS);
    } catch (SQLException silent) {
      return false;
    }
  }

  private static DatabaseAddress address(int port, String password) {
    return new DatabaseAddress(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", Cluster.USER, password);
  }

  private static FileChannel claim(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("owner.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null) {
      channel.close();
      throw new IOException("another process owns the database in " + folder);
    }
    return channel;
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  private static Path password(Path folder) throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      byte[] random = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(random);
      Path unfinished = folder.resolve("password.tmp");
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(unfinished, HexFormat.of().formatHex(random) + "\n");
      Files.move(unfinished, file);
    }
    return file;
  }

  /** The port of the last time if it is free, so that a person's connection settings stay good. */
  private static int port(Path folder) throws IOException {
    try {
      if (Files.exists(portFile(folder))) {
        int last = Integer.parseInt(Files.readString(portFile(folder)).strip());
        if (isFree(last)) {
          return last;
        }
      }
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.debug("there is no last port error={}", unusable.getMessage());
    }
    return freePort();
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      LOG.debug("a port is not free port={} error={}", port, taken.getMessage());
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static Path portFile(Path folder) {
    return folder.resolve("port");
  }
}
