package io.edgeflow.wire.frame;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What a minute of a series that reports once a second costs on the wire, names included. */
final class FrameSizeTest {
  private static final int MINUTES = 10;

  @Test
  void twoDecimalsCostAtMostSixteenBytes() {
    double bytes = bytesPerWindow(value -> Math.rint(value * 100) / 100);
    System.out.printf("two decimals: %.2f bytes per window%n", bytes);
    assertTrue(bytes <= 16, () -> bytes + " bytes");
  }

  @Test
  void fullDoublesCostAtMostFortyFiveBytes() {
    double bytes = bytesPerWindow(value -> value);
    System.out.printf("full doubles: %.2f bytes per window%n", bytes);
    assertTrue(bytes <= 45, () -> bytes + " bytes");
  }

  private static double bytesPerWindow(DoubleUnaryOperator sensor) {
    PlantFrames plant = new PlantFrames(1000, 42, sensor);
    long bytes = 0;
    for (int minute = 0; minute < MINUTES; minute++) {
      bytes += FrameCodec.encode(plant.minute(minute)).length;
    }
    return bytes / (MINUTES * 1000.0);
  }
}
