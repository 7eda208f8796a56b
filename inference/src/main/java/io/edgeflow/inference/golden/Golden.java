package io.edgeflow.inference.golden;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * The golden vectors of a bundle: {@code golden.json}.
 *
 * @param model the name of the model
 */
public record Golden(
    @Range(min = "1", max = "1") int schema, String model, List<GoldenVector> vectors) {
  static final int MAX_VECTORS = 200;
  static final int MAX_READINGS = 70_000;

  public Golden {
    long readings = vectors.stream().mapToLong(vector -> vector.readings().size()).sum();
    new Check()
        .that(
            !vectors.isEmpty() && vectors.size() <= MAX_VECTORS,
            "vectors",
            "must be 1 to " + MAX_VECTORS)
        .that(
            readings <= MAX_READINGS,
            "vectors",
            "must have " + MAX_READINGS + " readings or fewer in all")
        .that(
            vectors.isEmpty() || vectors.stream().anyMatch(Golden::scores),
            "vectors",
            "must expect a score at least once: else they prove nothing")
        .orRefuse();
  }

  /** What in these cannot be of a model with this manifest; empty if all can. */
  public List<Fault> faults(Manifest manifest) {
    List<Fault> faults = new ArrayList<>();
    if (!model.equals(manifest.name())) {
      faults.add(fault("model", "must be " + manifest.name()));
    }
    for (int i = 0; i < vectors.size(); i++) {
      check("vectors[" + i + "]", vectors.get(i), manifest, faults);
    }
    return faults;
  }

  private static boolean scores(GoldenVector vector) {
    return vector.expected().stream().anyMatch(one -> !one.scores().isEmpty());
  }

  private static void check(String at, GoldenVector vector, Manifest manifest, List<Fault> faults) {
    int outputs = manifest.outputs().size();
    List<Expectation> expected = vector.expected();
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).withheld().isEmpty() && expected.get(i).scores().size() != outputs) {
        faults.add(
            fault(at + ".expected[" + i + "].scores", "must be " + outputs + ", one each output"));
      }
    }
    if (vector.readings().stream().noneMatch(one -> feeds(one, vector.subject(), manifest))) {
      faults.add(fault(at + ".readings", "must be of the subject's inputs, some of them at least"));
    }
  }

  private static boolean feeds(GoldenReading reading, String subject, Manifest manifest) {
    Input input = manifest.input();
    for (Selector selector : input.selectors()) {
      String fed = selector.perDevice() ? reading.series().device() : reading.series().path();
      if (selector.matches(reading.series()) && fed.equals(subject)) {
        return true;
      }
    }
    return false;
  }

  private static Fault fault(String path, String rule) {
    return new Fault(path, "", rule, Bundle.GOLDEN_FILE);
  }
}
