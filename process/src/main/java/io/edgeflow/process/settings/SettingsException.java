package io.edgeflow.process.settings;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used, with everything that is wrong with it. */
public final class SettingsException extends Exception {
  private final List<Fault> faults;

  public SettingsException(List<Fault> faults) {
    super(message(faults));
    this.faults = List.copyOf(faults);
  }

  public List<Fault> faults() {
    return faults;
  }

  private static String message(List<Fault> faults) {
    String head = faults.size() == 1 ? "1 setting is wrong" : faults.size() + " settings are wrong";
    return faults.stream()
        .map(fault -> "  " + fault)
        .collect(Collectors.joining("\n", head + ":\n", ""));
  }
}
