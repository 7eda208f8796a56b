package io.edgeflow.inference.node.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of files as the kernel's documentation describes them; none was copied from a board. */
final class JetsonBoardTest {
  @TempDir Path sys;

  private void file(String path, String content) throws IOException {
    Path file = sys.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content + "\n");
  }

  @Test
  void readsTheGpusTemperatureAndTheRails() throws Exception {
    file("class/thermal/thermal_zone0/type", "cpu-thermal");
    file("class/thermal/thermal_zone0/temp", "47531");
    file("class/thermal/thermal_zone1/type", "gpu-thermal");
    file("class/thermal/thermal_zone1/temp", "45250");
    file("class/hwmon/hwmon0/name", "pwmfan");
    file("class/hwmon/hwmon3/name", "ina3221");
    file("class/hwmon/hwmon3/in1_label", "VDD_IN");
    file("class/hwmon/hwmon3/in1_input", "5024");
    file("class/hwmon/hwmon3/curr1_input", "1000");
    file("class/hwmon/hwmon3/in2_label", "VDD_CPU_GPU_CV");
    file("class/hwmon/hwmon3/in2_input", "5000");
    file("class/hwmon/hwmon3/curr2_input", "320");
    file("class/hwmon/hwmon3/in3_label", "VDD_SOC");
    file("class/hwmon/hwmon3/in3_input", "5000");

    assertEquals(
        List.of(
            Accelerator.temperature("gpu-thermal", 45.25),
            Accelerator.power("VDD_IN", 5.024),
            Accelerator.power("VDD_CPU_GPU_CV", 1.6)),
        new JetsonBoard(sys).read());
  }

  @Test
  void findsNothingWhereThereIsNothing() throws Exception {
    assertEquals(List.of(), new JetsonBoard(sys).read());
    file("class/thermal/thermal_zone0/type", "GPU-therm");
    file("class/thermal/thermal_zone0/temp", "not yet");
    file("class/hwmon/hwmon0/name", "nvme");
    assertEquals(List.of(), new JetsonBoard(sys).read());
  }
}
