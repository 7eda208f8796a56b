package io.edgeflow.inference.node.platform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a Jetson's kernel tells in files: the temperature of the GPU's thermal zone in thousandths
 * of a degree, and the rails of its INA3221 power monitors in millivolts and milliamperes. Its
 * memory is the machine's. Written from the kernel's documentation of those files; seen on no
 * Jetson yet.
 */
final class JetsonBoard {
  private static final double IN_THOUSANDTHS = 1_000;
  private static final double MILLIVOLTS_BY_MILLIAMPERES = 1e6;
  private static final int RAILS = 3;

  private final Path sys;

  /**
   * @param sys {@code /sys}
   */
  JetsonBoard(Path sys) {
    this.sys = sys;
  }

  List<Accelerator> read() {
    List<Accelerator> found = new ArrayList<>();
    for (Path zone : folders(sys.resolve("class/thermal"), "thermal_zone*")) {
      temperature(zone).ifPresent(found::add);
    }
    for (Path monitor : folders(sys.resolve("class/hwmon"), "hwmon*")) {
      if (text(monitor.resolve("name")).filter(name -> name.startsWith("ina3221")).isPresent()) {
        rails(monitor, found);
      }
    }
    return List.copyOf(found);
  }

  private static Optional<Accelerator> temperature(Path zone) {
    Optional<String> type = text(zone.resolve("type")).filter(JetsonBoard::isGpu);
    OptionalLong thousandths = number(zone.resolve("temp"));
    return type.isPresent() && thousandths.isPresent()
        ? Optional.of(Accelerator.temperature(type.get(), thousandths.getAsLong() / IN_THOUSANDTHS))
        : Optional.empty();
  }

  /** {@code GPU-therm} of JetPack 4 and 5, {@code gpu-thermal} of JetPack 6. */
  private static boolean isGpu(String type) {
    return type.regionMatches(true, 0, "gpu-therm", 0, "gpu-therm".length());
  }

  private static void rails(Path monitor, List<Accelerator> found) {
    for (int rail = 1; rail <= RAILS; rail++) {
      Optional<String> label = text(monitor.resolve("in" + rail + "_label"));
      OptionalDouble watts = watts(monitor, rail);
      if (label.isPresent() && watts.isPresent()) {
        found.add(Accelerator.power(label.get(), watts.getAsDouble()));
      }
    }
  }

  private static OptionalDouble watts(Path monitor, int rail) {
    OptionalLong millivolts = number(monitor.resolve("in" + rail + "_input"));
    OptionalLong milliamperes = number(monitor.resolve("curr" + rail + "_input"));
    return millivolts.isPresent() && milliamperes.isPresent()
        ? OptionalDouble.of(
            millivolts.getAsLong() * (double) milliamperes.getAsLong() / MILLIVOLTS_BY_MILLIAMPERES)
        : OptionalDouble.empty();
  }

  private static List<Path> folders(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      entries.forEach(found::add);
    } catch (IOException none) {
      return List.of();
    }
    found.sort(null);
    return found;
  }

  private static Optional<String> text(Path file) {
    try {
      return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
    } catch (IOException notTold) {
      return Optional.empty();
    }
  }

  private static OptionalLong number(Path file) {
    return text(file)
        .filter(text -> text.matches("-?\\d{1,12}"))
        .map(text -> OptionalLong.of(Long.parseLong(text)))
        .orElse(OptionalLong.empty());
  }
}
