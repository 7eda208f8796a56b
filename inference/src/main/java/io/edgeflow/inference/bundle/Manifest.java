package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Range;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a model is, needs and means: {@code manifest.json}, field by field in {@code
 * docs/models.md}.
 *
 * @param schema of this document
 * @param name of the model; stays the same from version to version
 * @param version of the model, for people: bundles are told apart by their digest
 * @param devices which devices {@code {device}} in a selector may stand for; empty: all
 * @param thresholds of scores; parameters may move each of them within its bounds
 * @param variants model files for certain machines, the first that fits is taken; else {@value
 *     #MODEL_FILE}
 * @param gates what it must keep to in service, else an edge returns to the model before
 */
public record Manifest(
    @Range(min = "1", max = "1") int schema,
    String name,
    String version,
    @Default("onnx") ModelRuntime runtime,
    @Default("") String description,
    List<Glob> devices,
    Input input,
    Preparation preparation,
    Tensors tensors,
    List<Output> outputs,
    List<Threshold> thresholds,
    Limits limits,
    List<Variant> variants,
    Gates gates) {
  public static final int SCHEMA = 1;
  public static final String MODEL_FILE = "model.onnx";

  static final int MAX_ENTRIES = 64;

  /** 64 MiB: what one call of a model copies. */
  private static final int MAX_BATCH_VALUES = 1 << 24;

  static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}");
  private static final int LONGEST_DESCRIPTION = 4_000;

  /** What runs the model. */
  public enum ModelRuntime {
    ONNX
  }

  public Manifest {
    Check check =
        new Check()
            .that(WORD.matcher(name).matches(), "name", Rules.WORD)
            .that(VERSION.matcher(version).matches(), "version", "must be like 1.4.0, 32 letters")
            .that(
                description.length() <= LONGEST_DESCRIPTION,
                "description",
                "must be " + LONGEST_DESCRIPTION + " characters or fewer")
            .that(devices.size() <= MAX_ENTRIES, "devices", Rules.FEW)
            .that(!outputs.isEmpty(), "outputs", "must name at least one output")
            .that(outputs.size() <= MAX_ENTRIES, "outputs", Rules.FEW)
            .that(distinct(outputs, Output::name), "outputs", "must have different names")
            .that(thresholds.size() <= MAX_ENTRIES, "thresholds", Rules.FEW)
            .that(distinct(thresholds, Threshold::name), "thresholds", "must have different names")
            .that(variants.size() <= MAX_ENTRIES, "variants", Rules.FEW)
            .that(
                (long) Math.max(input.rowLength(), outputs.size()) * limits.maxBatch()
                    <= MAX_BATCH_VALUES,
                "limits.maxBatch",
                "must leave a batch with " + MAX_BATCH_VALUES + " values or fewer")
            .that(
                tensors.fits(input.rowLength()),
                "tensors.shape",
                "must hold as many values as a row has: " + input.rowLength());
    for (int i = 0; i < thresholds.size(); i++) {
      String output = thresholds.get(i).output();
      check.that(
          outputs.stream().anyMatch(one -> one.name().equals(output)),
          "thresholds[" + i + "].output",
          "must be one of the outputs");
    }
    preparation.check(input, check);
    check.orRefuse();
  }

  /** The model file for a machine. */
  public String fileFor(Machine machine) {
    return variants.stream()
        .filter(variant -> variant.fits(machine))
        .map(Variant::file)
        .findFirst()
        .orElse(MODEL_FILE);
  }

  /** Whether a machine that runs compiled files may take one of its own. */
  public boolean hasEngines() {
    return variants.stream().anyMatch(Variant::isEngine);
  }

  /** How many times the tolerance of the golden vectors a machine's model file may use up. */
  public double toleranceFactorFor(Machine machine) {
    return variants.stream()
        .filter(variant -> variant.fits(machine))
        .mapToDouble(Variant::toleranceFactor)
        .findFirst()
        .orElse(1.0);
  }

  private static <T> boolean distinct(List<T> items, Function<T, String> name) {
    var names = new HashSet<String>();
    return items.stream().map(name).allMatch(names::add);
  }
}
