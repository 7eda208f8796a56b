package io.edgeflow.lab.fleet;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A model that adds its version to a device's flow, so that a score tells who gave it, and that may
 * have a fault.
 *
 * @param folder of the bundle
 * @param digest 64 hexadecimal digits
 */
public record FleetBundle(Path folder, int version, Fault fault, String digest) {
  public static final String MODEL = "plus";

  /** What its golden vector reads; readings of plants must be greater. */
  private static final int GOLDEN_FLOW = 4;

  /** From here on it is an alarm; no flow and no version is so great. */
  private static final int FAR = 1_000_000;

  private static final int WIDE = 768;
  private static final int LAYERS = 1_500;

  /**
   * Far below what those layers take on a quick machine, and above what a call takes where hundreds
   * of edges share two cores.
   */
  private static final String LATENCY = "20ms";

  /** Floats in a mebibyte. */
  private static final int MEBIBYTE = 1 << 18;

  /**
   * Writes and signs one.
   *
   * @param version rises; also the number by which edges know older from newer
   */
  public static FleetBundle write(Path folder, int version, Fault fault, SigningKey publisher)
      throws IOException {
    return write(folder, version, fault, 0, publisher);
  }

  /**
   * As the other, with weights beside that do nothing.
   *
   * @param mebibytes of them
   */
  public static FleetBundle write(
      Path folder, int version, Fault fault, int mebibytes, SigningKey publisher)
      throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.onnx"), graph(version, fault, mebibytes));
    Files.writeString(folder.resolve("manifest.json"), manifest(version, fault));
    Files.writeString(folder.resolve("golden.json"), golden(version, fault));
    Bundle bundle = read(folder);
    var statement = BundleTrust.statement(bundle, version, Instant.now(), Optional.empty());
    Files.writeString(
        folder.resolve(Bundle.SIGNATURES_FILE), BundleTrust.sign(statement, publisher));
    return new FleetBundle(folder, version, fault, bundle.digest().hex());
  }

  private static Bundle read(Path folder) throws IOException {
    return switch (new BundleReader(BundleLimits.STANDARD).read(folder)) {
      case BundleRead.Good(Bundle bundle) -> bundle;
      case BundleRead.Refused(var refusal) -> throw new IOException(folder + ": " + refusal);
    };
  }

  private static byte[] graph(int version, Fault fault, int mebibytes) {
    var graph = new OnnxGraph(MODEL);
    Value flow = graph.input("x", 1);
    Value sum = graph.add(flow, graph.row(version));
    Value score =
        switch (fault) {
          case NAN ->
              // Of a flow beyond the golden one the root of a negative number.
              graph.add(sum, graph.squareRoot(graph.subtract(graph.row(GOLDEN_FLOW), flow)));
          case SLOW -> graph.add(sum, work(graph, flow));
          case NONE, WRONG, ALARMS, LEAKS -> sum;
        };
    if (mebibytes > 0) {
      score = graph.add(score, weights(graph, flow, version, mebibytes));
    }
    graph.output(score, "y", 1);
    return graph.bytes();
  }

  /** Nothing, after much work: batch × 1. */
  private static Value work(OnnxGraph graph, Value flow) {
    float[][] matrix = new float[WIDE][WIDE];
    for (int i = 0; i < WIDE; i++) {
      matrix[i][(i + 1) % WIDE] = 1;
    }
    Value turn = graph.matrix(matrix);
    Value wide = graph.multiply(flow, graph.row(new float[WIDE]));
    for (int layer = 0; layer < LAYERS; layer++) {
      wide = graph.matMul(wide, turn);
    }
    return graph.rowMean(wide);
  }

  /** Nothing, from many weights that no packer makes smaller: batch × 1. */
  private static Value weights(OnnxGraph graph, Value flow, int seed, int mebibytes) {
    var random = new SplittableRandom(seed);
    Value nothing = graph.multiply(flow, graph.row(0));
    for (int i = 0; i < mebibytes; i++) {
      float[] weights = new float[MEBIBYTE];
      for (int j = 0; j < MEBIBYTE; j++) {
        weights[j] = (float) random.nextDouble();
      }
      nothing = graph.multiply(graph.row(0), graph.rowMean(graph.add(nothing, graph.row(weights))));
    }
    return nothing;
  }

  private static String manifest(int version, Fault fault) {
    int limit = fault == Fault.ALARMS ? 0 : FAR;
    return """
    {"schema": 1, "name": "%s", "version": "%d",
     "input": {"kind": "latest-vector", "series": ["{device}/flow"]},
     "tensors": {"input": "x", "output": "y"}, "outputs": [{"name": "sum"}],
     "thresholds": [{"name": "far", "output": "sum", "value": %d, "min": 0, "max": %d}],
     "limits": {"timeout": "30s"},
     "gates": {"latencyP99": "%s", "minRows": 20}}
    """
        .formatted(MODEL, version, limit, FAR, LATENCY);
  }

  private static String golden(int version, Fault fault) {
    int score = GOLDEN_FLOW + version + (fault == Fault.WRONG ? 1 : 0);
    return """
    {"schema": 1, "model": "%s", "vectors": [{"name": "four", "subject": "a",
      "readings": ["a/flow,1000000,%d"], "expected": [{"time": 1000000, "scores": [%d]}]}]}
    """
        .formatted(MODEL, GOLDEN_FLOW, score);
  }
}
