package io.edgeflow.lab.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.edgeflow.inference.runtime.ModelLimits;
import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.ModelSpec;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.onnx.OnnxGraph;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Scores rows of 16 values with a network of 16, 8 and 16, through the scorer's runtime and by
 * calling ONNX Runtime as a user of the library would: an array in, an array out. One thread.
 */
final class ScoreWork implements AutoCloseable {
  private static final int ROW = 16;
  private static final int HIDDEN = 8;
  private static final int CALLS_BETWEEN_LOOKS = 16;

  /**
   * Medians over the rounds, which the two sides take by turns.
   *
   * @param rows in one call
   */
  record Cost(int rows, double directMicros, double scoreMicros) {
    double ratio() {
      return scoreMicros / directMicros;
    }
  }

  private interface Call {
    void run() throws OrtException, ScoringException;
  }

  private final ScoringRuntime runtime;
  private final Scorer model;
  private final OrtEnvironment environment;
  private final OrtSession session;

  private ScoreWork(
      ScoringRuntime runtime, Scorer model, OrtEnvironment environment, OrtSession session) {
    this.runtime = runtime;
    this.model = model;
    this.environment = environment;
    this.session = session;
  }

  /**
   * @param folder gets the graph
   */
  static ScoreWork open(Path folder)
      throws IOException, RuntimeUnavailableException, ModelRefusedException, OrtException {
    Path graph = folder.resolve("model.onnx");
    Files.write(graph, network());
    ScoringRuntime runtime = ScoringRuntime.open(RuntimeSettings.defaults());
    ModelSpec spec = new ModelSpec("x", List.of(ROW), "y", ROW, ModelLimits.DEFAULT);
    Scorer model = runtime.load(graph, spec);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(runtime.threads().perCall());
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(Files.readAllBytes(graph), options);
      return new ScoreWork(runtime, model, environment, session);
    }
  }

  private static byte[] network() {
    SplittableRandom random = new SplittableRandom(1);
    OnnxGraph graph = new OnnxGraph("autoencoder");
    OnnxGraph.Value in = graph.input("x", ROW);
    OnnxGraph.Value hidden =
        graph.max(graph.matMul(in, graph.matrix(weights(random, ROW, HIDDEN))), graph.row(0));
    graph.output(graph.matMul(hidden, graph.matrix(weights(random, HIDDEN, ROW))), "y", ROW);
    return graph.bytes();
  }

  private static float[][] weights(SplittableRandom random, int rows, int columns) {
    float[][] weights = new float[rows][columns];
    for (float[] row : weights) {
      for (int i = 0; i < columns; i++) {
        row[i] = (float) random.nextDouble(-0.5, 0.5);
      }
    }
    return weights;
  }

  /** Where it really computes, in the runtime's words. */
  String provider() {
    return runtime.toString();
  }

  Cost cost(int rows, int rounds, long roundNanos) throws OrtException, ScoringException {
    float[] values = new float[rows * ROW];
    Arrays.fill(values, 0.5f);
    double[] direct = new double[rounds];
    double[] score = new double[rounds];
    for (int round = -3; round < rounds; round++) {
      double one = micros(() -> direct(values, rows), roundNanos);
      double other = micros(() -> model.score(values, rows), roundNanos);
      if (round >= 0) {
        direct[round] = one;
        score[round] = other;
      }
    }
    return new Cost(rows, median(direct), median(score));
  }

  private float[] direct(float[] rows, int count) throws OrtException {
    long[] shape = {count, ROW};
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), shape);
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  private static double micros(Call call, long roundNanos) throws OrtException, ScoringException {
    long start = System.nanoTime();
    long calls = 0;
    while (System.nanoTime() - start < roundNanos) {
      for (int i = 0; i < CALLS_BETWEEN_LOOKS; i++) {
        call.run();
      }
      calls += CALLS_BETWEEN_LOOKS;
    }
    return (System.nanoTime() - start) / 1e3 / calls;
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  @Override
  public void close() throws OrtException {
    session.close();
    model.close();
  }
}
