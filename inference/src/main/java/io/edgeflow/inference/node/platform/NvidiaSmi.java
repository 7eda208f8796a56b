package io.edgeflow.inference.node.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The answer of {@code nvidia-smi}, one line for each GPU. What a GPU does not tell it writes as
 * {@code [N/A]}, {@code [Not Supported]} or the like. Pure.
 */
final class NvidiaSmi {
  /** Asks for what {@link #parse} reads. */
  static final List<String> COMMAND =
      List.of(
          "nvidia-smi",
          "--query-gpu=index,name,memory.used,memory.total,temperature.gpu,power.draw",
          "--format=csv,noheader,nounits");

  private static final int COLUMNS = 6;
  private static final double BYTES_IN_MIB = 1024.0 * 1024;

  private NvidiaSmi() {}

  /** Lines of another form are left out. */
  static List<Accelerator> parse(String answer) {
    List<Accelerator> gpus = new ArrayList<>();
    for (String line : answer.lines().toList()) {
      String[] columns = line.split(",", -1);
      if (columns.length == COLUMNS && columns[0].strip().matches("\\d{1,3}")) {
        gpus.add(
            new Accelerator(
                columns[1].strip() + " " + columns[0].strip(),
                bytes(columns[2]),
                bytes(columns[3]),
                number(columns[4]),
                number(columns[5])));
      }
    }
    return List.copyOf(gpus);
  }

  private static OptionalLong bytes(String mebibytes) {
    OptionalDouble number = number(mebibytes);
    return number.isPresent()
        ? OptionalLong.of(Math.round(number.getAsDouble() * BYTES_IN_MIB))
        : OptionalLong.empty();
  }

  private static OptionalDouble number(String column) {
    String text = column.strip();
    return text.matches("-?\\d{1,9}(\\.\\d{1,9})?")
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
