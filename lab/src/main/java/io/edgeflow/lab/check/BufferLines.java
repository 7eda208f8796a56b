package io.edgeflow.lab.check;

import io.edgeflow.gateway.config.BufferConfig;
import io.edgeflow.gateway.config.VolumeFit;
import io.edgeflow.process.settings.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings in force as YAML, with the sizes that the gateway would compute from its volume. */
final class BufferLines {
  private static final String GROUP = "buffer:";

  private BufferLines() {}

  /**
   * @param effective the YAML of a gateway's settings, which leaves out what is not set
   */
  static String filled(String effective, VolumeFit fit) {
    List<String> lines = new ArrayList<>();
    boolean inGroup = false;
    for (String line : effective.lines().toList()) {
      inGroup = line.startsWith(" ") ? inGroup : line.equals(GROUP);
      if (!inGroup || !isSize(line)) {
        lines.add(line);
      }
      if (line.equals(GROUP)) {
        lines.addAll(sizes(fit));
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static boolean isSize(String line) {
    return line.matches("  (maxBytes|freeSpaceFloor|reserve): .*");
  }

  private static List<String> sizes(VolumeFit fit) {
    BufferConfig buffer = fit.buffer();
    return List.of(
        line(
            "maxBytes",
            buffer.maxBytes(),
            fit.maxBytes(),
            "the least of 4 GiB and a quarter of the volume"),
        line(
            "freeSpaceFloor",
            buffer.freeSpaceFloor(),
            fit.freeSpaceFloor(),
            "the larger of 1 GiB and 5 % of the volume"),
        line(
            "reserve",
            buffer.reserve(),
            fit.reserve(),
            buffer.reserve().isEmpty()
                ? "the least of 64 MiB and an eighth of maxBytes"
                : "at most half of maxBytes"));
  }

  private static String rounded(ByteSize size) {
    return size.toString().endsWith("iB") ? "" : VolumeFit.size(size.bytes()) + ", ";
  }

  private static String line(String key, Optional<ByteSize> set, long inForce, String rule) {
    ByteSize size = new ByteSize(inForce);
    String line = "  " + key + ": " + size;
    return set.filter(size::equals).isPresent()
        ? line
        : "%s # %scomputed: %s".formatted(line, rounded(size), rule);
  }
}
