package io.edgeflow.lab.bench;

import java.util.List;

/** The options that the launcher gives the JVM of a process, so that a benchmark measures it so. */
final class LauncherOptions {
  static final List<String> GATEWAY =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xms32m",
          "-Xmx96m",
          "-Xss512k",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:MaxMetaspaceSize=128m",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  static final List<String> CLOUD =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xms64m",
          "-Xmx384m",
          "-XX:MaxDirectMemorySize=128m",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private LauncherOptions() {}
}
