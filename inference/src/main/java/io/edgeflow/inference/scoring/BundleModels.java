package io.edgeflow.inference.scoring;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.Machine;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Threshold;
import io.edgeflow.inference.golden.Golden;
import io.edgeflow.inference.golden.GoldenChecker;
import io.edgeflow.inference.golden.GoldenRead;
import io.edgeflow.inference.golden.GoldenReader;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.inference.runtime.ExecutionProvider;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.TensorRtEngine;
import io.edgeflow.inference.slot.AlarmRule;
import io.edgeflow.inference.slot.Golden.Verdict;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes of a bundle's folder a model for a slot. Nothing is loaded before the slot asks for it. */
public final class BundleModels {
  private final BundleReader reader;
  private final Machine.Provider provider;
  private final Loader loader;

  /** How a graph is loaded: in this process or in another one. */
  @FunctionalInterface
  public interface Loader {
    /**
     * @param model for people
     */
    Scorer load(ModelIdentity model, Path graph, ModelSpec spec)
        throws IOException, ModelRefusedException;
  }

  public BundleModels(BundleReader reader, ExecutionProvider provider, Loader loader) {
    this.reader = reader;
    this.provider = provider(provider);
    this.loader = loader;
  }

  /** Reads all documents of a bundle and the bytes of its models. Blocks. */
  public ModelRead read(Path folder) {
    return switch (reader.read(folder)) {
      case BundleRead.Refused(BundleRefusal refusal) -> refused(refusal);
      case BundleRead.Good(Bundle bundle) ->
          switch (GoldenReader.read(bundle, reader)) {
            case GoldenRead.Refused(BundleRefusal refusal) -> refused(refusal);
            case GoldenRead.Good(Golden golden) -> new ModelRead.Good(model(bundle, golden));
          };
    };
  }

  private static ModelRead refused(BundleRefusal refusal) {
    return new ModelRead.Refused(refusal.toString());
  }

  private ScoredModel model(Bundle bundle, Golden golden) {
    ModelIdentity identity = identity(bundle);
    return new ScoredModel(
        bundle,
        new SlotModel(
            identity,
            () -> load(identity, bundle),
            scorer -> prove(bundle, golden, scorer),
            alarms(bundle.manifest(), bundle.parameters())));
  }

  /** What is loaded is what was read, also when it is loaded for the second time. */
  private Scorer load(ModelIdentity identity, Bundle bundle)
      throws IOException, ModelRefusedException {
    Machine machine = machine(bundle.manifest());
    Path graph = bundle.modelFile(machine);
    Optional<BundleRefusal> changed = reader.changed(bundle, bundle.manifest().fileFor(machine));
    if (changed.isPresent()) {
      throw new ModelRefusedException(changed.get().toString());
    }
    return loader.load(identity, graph, spec(bundle.manifest()));
  }

  /** What needs TensorRT itself is asked for where a bundle has something for it. */
  private Machine machine(Manifest manifest) {
    return Machine.here(provider, manifest.hasEngines() && TensorRtEngine.refusal().isEmpty());
  }

  private Verdict prove(Bundle bundle, Golden golden, Scorer scorer) {
    Manifest manifest = bundle.manifest();
    var checker =
        new GoldenChecker(
            manifest, bundle.parameters(), manifest.toleranceFactorFor(machine(manifest)));
    GoldenReport report = checker.check(golden, row -> scorer.score(row, 1));
    return report.passed() ? new Verdict.Proven() : new Verdict.Failed(report.toString());
  }

  /** Which model a bundle holds. */
  public static ModelIdentity identity(Bundle bundle) {
    return new ModelIdentity(
        bundle.manifest().name(), bundle.manifest().version(), bundle.digest().hex());
  }

  /** What the manifest says of the graph. */
  public static ModelSpec spec(Manifest manifest) {
    List<Integer> shape =
        Arrays.stream(manifest.tensors().rowShape(manifest.input().rowLength()))
            .mapToObj(Math::toIntExact)
            .toList();
    var limits =
        new ModelLimits(
            manifest.limits().maxBatch(),
            manifest.limits().timeout(),
            manifest.limits().memory().bytes());
    return new ModelSpec(
        manifest.tensors().input(),
        shape,
        manifest.tensors().output(),
        manifest.outputs().size(),
        limits);
  }

  /** The thresholds as the bundle sets them for all; what a device has of its own is left out. */
  private static AlarmRule alarms(Manifest manifest, Parameters parameters) {
    List<Limit> limits = new ArrayList<>();
    List<String> outputs = manifest.outputs().stream().map(Output::name).toList();
    for (Threshold threshold : manifest.thresholds()) {
      limits.add(
          new Limit(
              outputs.indexOf(threshold.output()), threshold, parameters.setting(threshold, "")));
    }
    return (scores, offset) -> {
      for (int i = 0; i < limits.size(); i++) {
        if (limits.get(i).beyond(scores, offset)) {
          return true;
        }
      }
      return false;
    };
  }

  private record Limit(int output, Threshold threshold, double setting) {
    boolean beyond(float[] scores, int offset) {
      return threshold.beyond(scores[offset + output], setting);
    }
  }

  private static Machine.Provider provider(ExecutionProvider provider) {
    return switch (provider) {
      case TENSORRT -> Machine.Provider.TENSORRT;
      case CUDA -> Machine.Provider.CUDA;
      case CPU -> Machine.Provider.CPU;
    };
  }
}
