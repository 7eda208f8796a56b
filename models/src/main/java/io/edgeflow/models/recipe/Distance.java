package io.edgeflow.models.recipe;

import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;

/**
 * How far a vector lies from the normal ones, 1 where the normal ends.
 *
 * @param matrix the vector times this, plus the offset, is a vector whose length is the distance
 * @param bound the length where the normal ends
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Distance(double[][] matrix, double[] offset, double bound) {
  Distance within(double ends) {
    return new Distance(matrix, offset, ends);
  }

  double of(float[] vector) {
    double[] values = new double[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector[i];
    }
    return of(values);
  }

  double of(double[] vector) {
    double[] turned = offset.clone();
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < turned.length; j++) {
        turned[j] += vector[i] * matrix[i][j];
      }
    }
    double squares = 0;
    for (double one : turned) {
      squares += one * one;
    }
    return Math.sqrt(squares) / bound;
  }

  Value graph(OnnxGraph graph, Value vector) {
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
