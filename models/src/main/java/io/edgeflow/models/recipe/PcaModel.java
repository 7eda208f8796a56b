package io.edgeflow.models.recipe;

import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;
import java.util.List;

/**
 * Holds a vector of series against the directions in which normal vectors lie.
 *
 * @param error how far it is outside of them: the root of the squared prediction error
 * @param distance how far out along them: Hotelling's distance
 */
record PcaModel(Distance error, Distance distance) implements ScoreFunction {
  static final int OUTPUTS = 3;

  @Override
  public float[] score(float[] row) {
    double outside = error.of(row);
    double along = distance.of(row);
    return new float[] {(float) Math.max(outside, along), (float) outside, (float) along};
  }

  /** The same directions, with bounds where the normal ends for these rows. */
  PcaModel within(List<float[]> rows) {
    return new PcaModel(within(error, rows), within(distance, rows));
  }

  private static Distance within(Distance of, List<float[]> rows) {
    Distance bare = of.within(1);
    return of.within(PcaRecipe.bound(rows.stream().mapToDouble(bare::of).toArray()));
  }

  byte[] graph() {
    var graph = new OnnxGraph("pca");
    Value vector = graph.input("input", error.matrix().length);
    Value outside = error.graph(graph, vector);
    Value along = distance.graph(graph, vector);
    Value score = graph.max(outside, along);
    graph.output(graph.concat(score, outside, along), "output", OUTPUTS);
    return graph.bytes();
  }
}
