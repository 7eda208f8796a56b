package io.edgeflow.process.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says this process occupies, which heap figures do not tell. */
public final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** In bytes; -1 where the system does not tell. */
  public static long bytes() {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(-1);
    } catch (IOException notLinux) {
      return -1;
    }
  }
}
