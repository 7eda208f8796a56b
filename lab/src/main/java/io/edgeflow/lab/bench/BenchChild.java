package io.edgeflow.lab.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A broker in a process of its own, ended with the benchmark. */
final class BenchChild implements AutoCloseable {
  private static final long START_SECONDS = 60;

  private final String name;
  private final int port;
  private final Process process;

  private BenchChild(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
  }

  /** A JVM with the options that the launcher gives the gateway. */
  static BenchChild java(String name, int port, Path log, Class<?> main, List<String> arguments)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xms32m",
            "-Xmx96m",
            "-Xss512k",
            "-XX:MaxDirectMemorySize=64m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return command(name, port, log, command);
  }

  static BenchChild command(String name, int port, Path log, List<String> command)
      throws IOException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    var child = new BenchChild(name, port, process);
    try {
      child.awaitBroker(log);
      return child;
    } catch (IOException e) {
      child.close();
      throw e;
    }
  }

  private void awaitBroker(Path log) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!LoadClient.answers(port)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException(name + " did not start; its log is " + log);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
