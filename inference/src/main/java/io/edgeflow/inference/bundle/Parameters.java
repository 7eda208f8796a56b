package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is fitted to a plant, apart from the weights: {@code parameters.json}.
 *
 * @param model the name of the model that these are for
 * @param version for people
 * @param normalisation column by column
 * @param thresholds settings by the name of the threshold; others keep their value
 * @param devices what differs for some devices (or series, where each is scored on its own)
 */
public record Parameters(
    @Range(min = "1", max = "1") int schema,
    String model,
    @Default("0") String version,
    List<Scaling> normalisation,
    Map<String, Double> thresholds,
    Map<String, Local> devices) {
  public static final String FILE = "parameters.json";

  private static final int LONGEST_VERSION = 64;

  /** What differs; what is empty does not. */
  public record Local(List<Scaling> normalisation, Map<String, Double> thresholds) {}

  public Parameters {
    new Check()
        .that(version.length() <= LONGEST_VERSION, "version", "must be 64 characters or fewer")
        .orRefuse();
  }

  /** Those of a bundle that brings none. */
  public static Parameters none(Manifest manifest) {
    return new Parameters(Manifest.SCHEMA, manifest.name(), "0", List.of(), Map.of(), Map.of());
  }

  /**
   * @param subject a device, or a series where each is scored on its own
   * @return empty if the manifest wants no normalisation
   */
  public List<Scaling> scalings(String subject) {
    Local local = devices.get(subject);
    return local == null || local.normalisation().isEmpty() ? normalisation : local.normalisation();
  }

  /** Where a threshold is set for a subject. */
  public double setting(Threshold threshold, String subject) {
    return Optional.ofNullable(devices.get(subject))
        .map(local -> local.thresholds().get(threshold.name()))
        .or(() -> Optional.ofNullable(thresholds.get(threshold.name())))
        .orElse(threshold.value());
  }

  /** What in these is not as the manifest allows; empty if all is. */
  public List<Fault> faults(Manifest manifest) {
    List<Fault> faults = new ArrayList<>();
    if (!model.equals(manifest.name())) {
      faults.add(new Fault("model", model, "must be " + manifest.name(), FILE));
    }
    var columns = new Bounds(manifest);
    columns.check("", normalisation, true, thresholds, faults);
    devices.forEach(
        (subject, local) ->
            columns.check(
                "devices." + subject + ".",
                local.normalisation(),
                false,
                local.thresholds(),
                faults));
    return faults;
  }

  /** What a manifest allows. */
  private record Bounds(Manifest manifest) {
    void check(
        String at,
        List<Scaling> scalings,
        boolean whole,
        Map<String, Double> settings,
        List<Fault> faults) {
      boolean wanted = manifest.preparation().normalisation().mode() != Normalisation.Mode.NONE;
      int columns = wanted ? manifest.input().columns().size() : 0;
      if (scalings.size() != columns && (whole || !scalings.isEmpty())) {
        faults.add(
            new Fault(
                at + "normalisation",
                scalings.size() + " entries",
                "must have " + columns + ", one for each column",
                FILE));
      }
      settings.forEach((name, value) -> check(at + "thresholds." + name, name, value, faults));
    }

    private void check(String at, String name, double value, List<Fault> faults) {
      manifest.thresholds().stream()
          .filter(one -> one.name().equals(name))
          .findFirst()
          .ifPresentOrElse(
              one -> {
                if (!one.allows(value)) {
                  faults.add(new Fault(at, "" + value, one.bounds(), FILE));
                }
              },
              () -> faults.add(new Fault(at, "", "is no threshold of the manifest", FILE)));
    }
  }
}
