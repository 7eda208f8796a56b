package io.edgeflow.models.fit;

import java.util.List;

/** Means and covariances of vectors. */
public final class Moments {
  private Moments() {}

  /** At least one vector, all of one length. */
  public static double[] mean(List<float[]> vectors) {
    double[] mean = new double[vectors.getFirst().length];
    for (float[] one : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / vectors.size();
      }
    }
    return mean;
  }

  public static double[][] covariance(List<float[]> vectors, double[] mean) {
    int n = mean.length;
    double[][] covariance = new double[n][n];
    double[] off = new double[n];
    for (float[] one : vectors) {
      for (int i = 0; i < n; i++) {
        off[i] = one[i] - mean[i];
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          covariance[i][j] += off[i] * off[j] / vectors.size();
        }
      }
    }
    return covariance;
  }

  /** What a matrix makes of the negative of a vector. */
  public static double[] minus(double[] vector, double[][] matrix) {
    double[] turned = new double[matrix[0].length];
    for (int j = 0; j < turned.length; j++) {
      for (int i = 0; i < vector.length; i++) {
        turned[j] -= vector[i] * matrix[i][j];
      }
    }
    return turned;
  }
}
