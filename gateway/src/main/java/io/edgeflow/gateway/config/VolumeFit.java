package io.edgeflow.gateway.config;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A configured buffer on the volume that holds it.
 *
 * @param volumeBytes of the whole volume
 * @param freeBytes of it that the gateway could take now
 */
public record VolumeFit(BufferConfig buffer, long volumeBytes, long freeBytes) {
  private static final double MIB = 1 << 20;
  private static final double KIB_IN_MIB = 1 << 10;
  private static final String[] UNITS = {"MiB", "GiB", "TiB", "PiB", "EiB"};

  /**
   * @param directory the data directory, or what there is of the way to it
   */
  public static VolumeFit of(BufferConfig buffer, Path directory) throws IOException {
    FileStore volume = Files.getFileStore(directory);
    return new VolumeFit(buffer, volume.getTotalSpace(), volume.getUsableSpace());
  }

  public long maxBytes() {
    return buffer.maxBytesOn(volumeBytes);
  }

  public long freeSpaceFloor() {
    return buffer.freeSpaceFloorOn(volumeBytes);
  }

  public long reserve() {
    return buffer.reserveOn(volumeBytes);
  }

  /** How much of {@link #maxBytes} an otherwise empty volume has beside the floor. */
  public long room() {
    return Math.clamp(volumeBytes - freeSpaceFloor(), 0, maxBytes());
  }

  /** A sentence for whatever cannot be kept to, with what to do about it. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (room() < maxBytes()) {
      warnings.add(tooLarge());
    }
    if (freeBytes < freeSpaceFloor()) {
      warnings.add(
          "only %s of the volume of dataDir are free, less than buffer.freeSpaceFloor (%s): the"
                  .formatted(size(freeBytes), size(freeSpaceFloor()))
              + " gateway would give up what it can, and then acknowledge nothing; make room, or"
              + " set buffer.freeSpaceFloor lower");
    }
    return List.copyOf(warnings);
  }

  private String tooLarge() {
    String what =
        maxBytes() > volumeBytes
            ? "is larger than the volume of dataDir (%s)".formatted(size(volumeBytes))
            : "does not fit on the volume of dataDir (%s) beside buffer.freeSpaceFloor (%s)"
                .formatted(size(volumeBytes), size(freeSpaceFloor()));
    String otherwise =
        buffer.maxBytes().isPresent()
            ? "set it to %s or less, or leave it out, then it is at most a quarter of the volume"
                .formatted(size(room()))
            : "set buffer.freeSpaceFloor lower";
    return "buffer.maxBytes (%s) %s, so the disk ends before the budget does; "
            .formatted(size(maxBytes()), what)
        + (room() > 0 ? otherwise : "set buffer.freeSpaceFloor lower than the volume");
  }

  /** For people: rounded, in the unit that fits. */
  public static String size(long bytes) {
    double left = bytes / MIB;
    int unit = 0;
    while (left >= KIB_IN_MIB && unit < UNITS.length - 1) {
      left /= KIB_IN_MIB;
      unit++;
    }
    return String.format(Locale.ROOT, left >= 10 ? "%.0f %s" : "%.1f %s", left, UNITS[unit]);
  }
}
