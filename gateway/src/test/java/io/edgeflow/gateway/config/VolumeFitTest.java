package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a buffer can be on its volume, and what it is not told of. */
final class VolumeFitTest {
  private static final long GIB = 1L << 30;

  @Test
  void hasNothingToSayOfABufferThatFits() {
    assertEquals(List.of(), fit("", "", 64 * GIB, 40 * GIB).warnings());
    assertEquals(List.of(), fit("63GiB", "1GiB", 64 * GIB, 40 * GIB).warnings());
  }

  @Test
  void warnsOfABudgetThatIsLargerThanTheVolume() {
    VolumeFit fit = fit("100TiB", "", 60 * GIB, 40 * GIB);
    assertEquals(57 * GIB, fit.room());
    assertEquals(
        List.of(
            "buffer.maxBytes (100 TiB) is larger than the volume of dataDir (60 GiB), so the disk"
                + " ends before the budget does; set it to 57 GiB or less, or leave it out, then"
                + " it is at most a quarter of the volume"),
        fit.warnings());
  }

  @Test
  void warnsOfABudgetThatDoesNotFitBesideTheFloor() {
    List<String> warnings = fit("50GiB", "20GiB", 64 * GIB, 40 * GIB).warnings();
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.getFirst().contains("does not fit"), warnings::toString);
    assertTrue(warnings.getFirst().contains("set it to 44 GiB or less"), warnings::toString);
  }

  /** On a small partition the default of the floor alone takes everything. */
  @Test
  void warnsOfAFloorThatTakesTheWholeVolume() {
    VolumeFit fit = fit("", "", GIB / 2, GIB / 2);
    assertEquals(0, fit.room());
    List<String> warnings = fit.warnings();
    assertEquals(2, warnings.size(), warnings::toString);
    warnings.forEach(
        warning -> assertTrue(warning.contains("set buffer.freeSpaceFloor lower"), warning));
  }

  private static VolumeFit fit(String maxBytes, String floor, long volume, long free) {
    return new VolumeFit(
        new BufferConfig(size(maxBytes), size(floor), Optional.empty(), Duration.ofHours(1), true),
        volume,
        free);
  }

  private static Optional<ByteSize> size(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(ByteSize.parse(text));
  }
}
