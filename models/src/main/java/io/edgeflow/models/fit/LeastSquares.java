package io.edgeflow.models.fit;

/**
 * Gathers equations and finds the coefficients that miss them least, with a small ridge so that
 * there always are some. One thread.
 */
public final class LeastSquares {
  private static final double RIDGE = 1e-6;

  private final double[][] normal;
  private final double[] right;

  public LeastSquares(int coefficients) {
    this.normal = new double[coefficients][coefficients];
    this.right = new double[coefficients];
  }

  /**
   * @param weight 0 or more
   */
  public void add(double[] factors, double wanted, double weight) {
    for (int i = 0; i < right.length; i++) {
      double weighted = weight * factors[i];
      right[i] += weighted * wanted;
      for (int j = 0; j <= i; j++) {
        normal[i][j] += weighted * factors[j];
      }
    }
  }

  public double[] solve() {
    double[][] lower = factor();
    int n = right.length;
    double[] solution = right.clone();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        solution[i] -= lower[i][j] * solution[j];
      }
      solution[i] /= lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int j = i + 1; j < n; j++) {
        solution[i] -= lower[j][i] * solution[j];
      }
      solution[i] /= lower[i][i];
    }
    return solution;
  }

  /** Cholesky. */
  private double[][] factor() {
    int n = right.length;
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += normal[i][i];
    }
    double ridge = RIDGE * Math.max(trace / n, 1e-12);
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = normal[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, ridge * 1e-3)) : sum / lower[j][j];
      }
    }
    return lower;
  }
}
