package io.edgeflow.models.fit;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues of a symmetric matrix, greatest first, and their vectors.
 *
 * @param vectors {@code vectors[i]} of unit length belongs to {@code values[i]}
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record Eigen(double[] values, double[][] vectors) {
  private static final int MAX_SWEEPS = 100;
  private static final double DONE = 1e-22;

  /** Jacobi's rotations: slow for large matrices, exact and the same everywhere for small ones. */
  public static Eigen of(double[][] symmetric) {
    int n = symmetric.length;
    double[][] a = new double[n][];
    double[][] columns = new double[n][n];
    double size = 0;
    for (int i = 0; i < n; i++) {
      a[i] = symmetric[i].clone();
      columns[i][i] = 1;
      for (double one : a[i]) {
        size += one * one;
      }
    }
    for (int sweep = 0; sweep < MAX_SWEEPS && off(a) > DONE * size; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, columns, p, q);
        }
      }
    }
    return sorted(a, columns);
  }

  private static double off(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static void rotate(double[][] a, double[][] columns, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double sign = theta >= 0 ? 1 : -1;
    double tangent = sign / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    double cosine = 1 / Math.sqrt(tangent * tangent + 1);
    double sine = tangent * cosine;
    for (double[] row : a) {
      turn(row, p, q, cosine, sine);
    }
    for (int k = 0; k < a.length; k++) {
      double atP = a[p][k];
      double atQ = a[q][k];
      a[p][k] = cosine * atP - sine * atQ;
      a[q][k] = sine * atP + cosine * atQ;
    }
    for (double[] row : columns) {
      turn(row, p, q, cosine, sine);
    }
  }

  private static void turn(double[] row, int p, int q, double cosine, double sine) {
    double atP = row[p];
    double atQ = row[q];
    row[p] = cosine * atP - sine * atQ;
    row[q] = sine * atP + cosine * atQ;
  }

  private static Eigen sorted(double[][] diagonal, double[][] columns) {
    int n = diagonal.length;
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -diagonal[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      values[i] = diagonal[order[i]][order[i]];
      for (int k = 0; k < n; k++) {
        vectors[i][k] = columns[k][order[i]];
      }
    }
    return new Eigen(values, vectors);
  }
}
