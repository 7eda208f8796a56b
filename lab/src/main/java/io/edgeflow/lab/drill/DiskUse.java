package io.edgeflow.lab.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a gateway's directory takes of the disk, over time. One thread. */
final class DiskUse {
  private static final double MIB = 1 << 20;

  private final Path directory;
  private final long budget;
  private final long begunNanos = System.nanoTime();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * @param seconds since the first look
   * @param when what was going on
   */
  private record Sample(double seconds, String when, long journal, long backlog, long all) {}

  /**
   * @param budget bytes; 0 if there is none worth showing
   */
  DiskUse(Path directory, long budget) {
    this.directory = directory;
    this.budget = budget;
  }

  void look(String when) throws IOException {
    samples.add(
        new Sample(
            (System.nanoTime() - begunNanos) / 1e9,
            when,
            Trees.bytes(directory.resolve("journal")),
            Trees.bytes(directory.resolve("backlog")),
            Trees.bytes(directory)));
  }

  /** The most that journal and backlog took together, in bytes. */
  long most() {
    return samples.stream().mapToLong(s -> s.journal() + s.backlog()).max().orElse(0);
  }

  /** What they took at the last look, in bytes. */
  long last() {
    return samples.isEmpty() ? 0 : samples.getLast().journal() + samples.getLast().backlog();
  }

  String table() {
    var text = new StringBuilder("disk use of the gateway, MiB");
    text.append(budget > 0 ? ", of a budget of %.1f%n".formatted(budget / MIB) : "\n");
    text.append(
        "%8s  %-12s %9s %9s %9s%n".formatted("s", "link", "journal", "backlog", "directory"));
    for (Sample sample : samples) {
      text.append(
          "%8.1f  %-12s %9.2f %9.2f %9.2f  %s%n"
              .formatted(
                  sample.seconds(),
                  sample.when(),
                  sample.journal() / MIB,
                  sample.backlog() / MIB,
                  sample.all() / MIB,
                  bar(sample)));
    }
    return text.toString();
  }

  /** 40 characters are the budget, or the most there was. */
  private String bar(Sample sample) {
    long full = Math.max(1, budget > 0 ? budget : most());
    int journal = (int) (40 * sample.journal() / full);
    int backlog = (int) (40 * sample.backlog() / full);
    return "j".repeat(journal) + "b".repeat(backlog);
  }
}
