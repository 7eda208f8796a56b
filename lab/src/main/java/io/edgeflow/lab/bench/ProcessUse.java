package io.edgeflow.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What processes take of the machine, as Linux counts it. Stateless. */
final class ProcessUse {
  /** Of {@code /proc/PID/stat}; the same on every Linux that runs Java. */
  private static final long TICKS = 100;

  /**
   * Fields behind the name of {@code /proc/PID/stat}: user, system, and those of ended children.
   */
  private static final int FIRST_TIME = 11;

  private ProcessUse() {}

  /** Seconds of processor time of this process and all below it, also of those that ended. */
  static double seconds(ProcessHandle top) {
    return tree(top).mapToLong(one -> ticks(one, one.pid() == top.pid())).sum() / (double) TICKS;
  }

  /** Bytes of memory that the process has at most had at once. */
  static long peakBytes(ProcessHandle process) {
    return kibibytes(process, "status", "VmHWM:") << 10;
  }

  /** Bytes of memory of this process and all below it, what they share counted once. */
  static long bytes(ProcessHandle top) {
    return tree(top).mapToLong(one -> kibibytes(one, "smaps_rollup", "Pss:")).sum() << 10;
  }

  private static Stream<ProcessHandle> tree(ProcessHandle top) {
    return Stream.concat(Stream.of(top), top.descendants());
  }

  private static long ticks(ProcessHandle process, boolean withEnded) {
    try {
      String stat = Files.readString(proc(process, "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long sum = 0;
      for (int i = 0; i < (withEnded ? 4 : 2); i++) {
        sum += Long.parseLong(fields[FIRST_TIME + i]);
      }
      return sum;
    } catch (IOException gone) {
      return 0;
    }
  }

  private static long kibibytes(ProcessHandle process, String file, String name) {
    try {
      List<String> lines = Files.readAllLines(proc(process, file));
      return lines.stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException gone) {
      return 0;
    }
  }

  private static Path proc(ProcessHandle process, String file) {
    return Path.of("/proc", Long.toString(process.pid()), file);
  }
}
