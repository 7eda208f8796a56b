package io.edgeflow.models.recipe;

import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;
import java.util.List;

/**
 * Holds a vector of series against the directions in which normal vectors lie: how far it is
 * outside of them (the root of the squared prediction error) and how far out along them
 * (Hotelling's distance), each divided by where the normal ends.
 *
 * @param residual the vector times this, plus its offset, is what no normal direction explains
 * @param along the vector times this, plus its offset, lies along them in standard deviations
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PcaModel(
    double[][] residual,
    double[] residualOffset,
    double[][] along,
    double[] alongOffset,
    double errorBound,
    double distanceBound)
    implements ScoreFunction {
  static final int OUTPUTS = 3;

  @Override
  public float[] score(float[] row) {
    double error = error(row) / errorBound;
    double distance = distance(row) / distanceBound;
    return new float[] {(float) Math.max(error, distance), (float) error, (float) distance};
  }

  /** The same directions, with bounds where the normal ends for these rows. */
  PcaModel within(List<float[]> rows) {
    return new PcaModel(
        residual,
        residualOffset,
        along,
        alongOffset,
        PcaRecipe.bound(rows.stream().mapToDouble(this::error).toArray()),
        PcaRecipe.bound(rows.stream().mapToDouble(this::distance).toArray()));
  }

  double error(float[] row) {
    return length(row, residual, residualOffset);
  }

  double distance(float[] row) {
    return length(row, along, alongOffset);
  }

  private static double length(float[] row, double[][] matrix, double[] offset) {
    double squares = 0;
    for (int j = 0; j < offset.length; j++) {
      double sum = offset[j];
      for (int i = 0; i < row.length; i++) {
        sum += row[i] * matrix[i][j];
      }
      squares += sum * sum;
    }
    return Math.sqrt(squares);
  }

  byte[] graph() {
    var graph = new OnnxGraph("pca");
    Value vector = graph.input("input", residual.length);
    Value error = length(graph, vector, residual, residualOffset, errorBound);
    Value distance = length(graph, vector, along, alongOffset, distanceBound);
    Value score = graph.max(error, distance);
    graph.output(graph.concat(score, error, distance), "output", OUTPUTS);
    return graph.bytes();
  }

  private static Value length(
      OnnxGraph graph, Value vector, double[][] matrix, double[] offset, double bound) {
    Value turned = graph.matMul(vector, graph.matrix(floats(matrix)));
    Value moved = graph.add(turned, graph.row(floats(offset)));
    Value mean = graph.rowMean(graph.multiply(moved, moved));
    float scale = (float) (Math.sqrt(offset.length) / bound);
    return graph.multiply(graph.squareRoot(mean), graph.row(scale));
  }

  private static float[][] floats(double[][] rows) {
    float[][] floats = new float[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      floats[i] = floats(rows[i]);
    }
    return floats;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
