package io.edgeflow.models.replay;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.golden.Golden;
import io.edgeflow.inference.golden.GoldenChecker;
import io.edgeflow.inference.golden.GoldenRead;
import io.edgeflow.inference.golden.GoldenReader;
import io.edgeflow.inference.golden.GoldenReport;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A bundle whose model is loaded. For commands: no guard stands around the model. */
public final class OpenBundle implements AutoCloseable {
  private final Bundle bundle;
  private final Golden golden;
  private final Scorer scorer;

  private OpenBundle(Bundle bundle, Golden golden, Scorer scorer) {
    this.bundle = bundle;
    this.golden = golden;
    this.scorer = scorer;
  }

  /**
   * Blocks. Takes the bundle's {@code model.onnx}, whatever variants there are.
   *
   * @throws BundleRefusedException if the folder is no bundle that is in order
   * @throws ModelRefusedException if the graph is not what the manifest says
   */
  public static OpenBundle open(Path folder, ScoringRuntime runtime)
      throws IOException, BundleRefusedException, ModelRefusedException {
    var reader = new BundleReader(BundleLimits.STANDARD);
    Bundle bundle =
        switch (reader.read(folder)) {
          case BundleRead.Good good -> good.bundle();
          case BundleRead.Refused refused -> throw refusal(folder, refused.refusal());
        };
    Golden golden =
        switch (GoldenReader.read(bundle, reader)) {
          case GoldenRead.Good good -> good.golden();
          case GoldenRead.Refused refused -> throw refusal(folder, refused.refusal());
        };
    return new OpenBundle(bundle, golden, load(folder, bundle.manifest(), runtime));
  }

  /**
   * The model of a folder alone.
   *
   * @throws ModelRefusedException if the graph is not what the manifest says
   */
  public static Scorer load(Path folder, Manifest manifest, ScoringRuntime runtime)
      throws IOException, ModelRefusedException {
    return runtime.load(folder.resolve(Manifest.MODEL_FILE), spec(manifest));
  }

  private static BundleRefusedException refusal(Path folder, BundleRefusal refusal) {
    return new BundleRefusedException(folder + ": " + refusal);
  }

  /** What the runtime has to know of a manifest. */
  private static ModelSpec spec(Manifest manifest) {
    Limits limits = manifest.limits();
    long[] shape = manifest.tensors().rowShape(manifest.input().rowLength());
    return new ModelSpec(
        manifest.tensors().input(),
        Arrays.stream(shape).mapToObj(Math::toIntExact).toList(),
        manifest.tensors().output(),
        manifest.outputs().size(),
        new ModelLimits(limits.maxBatch(), limits.timeout(), limits.memory().bytes()));
  }

  public Bundle bundle() {
    return bundle;
  }

  public Scorer scorer() {
    return scorer;
  }

  /** Holds the model against the golden vectors of its bundle. */
  public GoldenReport prove() {
    return new GoldenChecker(bundle.manifest(), bundle.parameters(), 1)
        .check(golden, row -> scorer.score(row, 1));
  }

  @Override
  public void close() {
    scorer.close();
  }
}
