package io.edgeflow.inference.node.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Answers in the form that nvidia-smi documents; none was recorded on a machine. */
final class NvidiaSmiTest {
  private static final long MIB = 1024 * 1024;

  @Test
  void readsALineForEachGpu() {
    assertEquals(
        List.of(
            new Accelerator(
                "NVIDIA RTX A2000 0",
                OptionalLong.of(512 * MIB),
                OptionalLong.of(6138 * MIB),
                OptionalDouble.of(41),
                OptionalDouble.of(9.37)),
            new Accelerator(
                "Tesla T4 1",
                OptionalLong.of(0),
                OptionalLong.of(15360 * MIB),
                OptionalDouble.of(36),
                OptionalDouble.of(27.1))),
        NvidiaSmi.parse(
            """
            0, NVIDIA RTX A2000, 512, 6138, 41, 9.37
            1, Tesla T4, 0, 15360, 36, 27.10
            """));
  }

  /** As integrated GPUs do, whose memory is the machine's. */
  @Test
  void leavesOutWhatAGpuDoesNotTell() {
    assertEquals(
        List.of(
            new Accelerator(
                "Orin (nvgpu) 0",
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty())),
        NvidiaSmi.parse("0, Orin (nvgpu), [N/A], [Not Supported], [Unknown Error], N/A\n"));
  }

  @Test
  void takesNothingFromWhatIsNoAnswer() {
    assertEquals(List.of(), NvidiaSmi.parse(""));
    assertEquals(
        List.of(),
        NvidiaSmi.parse(
            """
            NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.
            No devices were found
            0, too, few
            x, NVIDIA, 1, 2, 3, 4
            0, a, 1, 2, 3, 4, 5
            """));
  }
}
