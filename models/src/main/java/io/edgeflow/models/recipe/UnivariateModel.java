package io.edgeflow.models.recipe;

import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;

/**
 * Looks at a window of one series in three ways, each of which is 1 where the normal ends: how far
 * the newest sample is from its forecast, how far the window's mean is from the normal level, and
 * how much less than normal the last samples move.
 *
 * @param kernel its product with the window is the newest sample less its forecast
 * @param offset of the forecast
 * @param jumpBound what the residual's magnitude is divided by
 * @param levelBound what the mean's magnitude is divided by
 * @param calmSamples the newest samples whose movement is looked at
 * @param calm divided by the movement; 0 if the series may stand still
 * @param calmFloor added to the movement, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record UnivariateModel(
    double[] kernel,
    double offset,
    double jumpBound,
    double levelBound,
    int calmSamples,
    double calm,
    double calmFloor)
    implements ScoreFunction {
  static final int OUTPUTS = 4;

  @Override
  public float[] score(float[] row) {
    double jump = Math.abs(residual(row)) / jumpBound;
    double level = Math.abs(mean(row)) / levelBound;
    double stuck = calm / (movement(row, calmSamples) + calmFloor);
    double score = Math.max(jump, Math.max(level, stuck));
    return new float[] {(float) score, (float) jump, (float) level, (float) stuck};
  }

  double residual(float[] row) {
    double sum = -offset;
    for (int i = 0; i < kernel.length; i++) {
      sum += kernel[i] * row[i];
    }
    return sum;
  }

  static double mean(float[] row) {
    double sum = 0;
    for (float value : row) {
      sum += value;
    }
    return sum / row.length;
  }

  /** The root of the mean square of the steps between the newest samples. */
  static double movement(float[] row, int samples) {
    double squares = 0;
    for (int i = row.length - samples + 1; i < row.length; i++) {
      double step = (double) row[i] - row[i - 1];
      squares += step * step;
    }
    return Math.sqrt(squares / (samples - 1));
  }

  byte[] graph() {
    int length = kernel.length;
    var graph = new OnnxGraph("univariate");
    Value window = graph.input("input", length);
    Value residual = graph.subtract(graph.matMul(window, column(graph)), graph.row((float) offset));
    Value jump = graph.divide(graph.abs(residual), graph.row((float) jumpBound));
    Value level = graph.divide(graph.abs(graph.rowMean(window)), graph.row((float) levelBound));
    int first = length - calmSamples;
    Value step =
        graph.subtract(
            graph.columns(window, first + 1, length), graph.columns(window, first, length - 1));
    Value movement = graph.squareRoot(graph.rowMean(graph.multiply(step, step)));
    Value stuck =
        graph.divide(graph.row((float) calm), graph.add(movement, graph.row((float) calmFloor)));
    Value score = graph.max(jump, level, stuck);
    graph.output(graph.concat(score, jump, level, stuck), "output", OUTPUTS);
    return graph.bytes();
  }

  private Value column(OnnxGraph graph) {
    float[][] column = new float[kernel.length][1];
    for (int i = 0; i < kernel.length; i++) {
      column[i][0] = (float) kernel[i];
    }
    return graph.matrix(column);
  }
}
