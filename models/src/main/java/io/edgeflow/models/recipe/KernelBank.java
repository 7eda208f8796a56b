package io.edgeflow.models.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Some of the 84 kernels of MiniRocket (Dempster, Schmidt and Webb, "MiniRocket: A Very Fast
 * (Almost) Deterministic Transform for Time Series Classification", KDD 2021, arXiv:2012.08791), at
 * one dilation: nine weights, three of them 2 and six of them -1, so that a level gives nothing.
 *
 * @param dilation samples from one weight to the next
 * @param twos of each kernel, where its three weights of 2 are, 0 to 8
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record KernelBank(int dilation, List<int[]> twos) {
  static final int LENGTH = 9;

  KernelBank {
    twos = List.copyOf(twos);
  }

  /** So many different ones, chosen by the seed. */
  static KernelBank of(int dilation, int kernels, long seed) {
    List<int[]> all = new ArrayList<>();
    for (int a = 0; a < LENGTH; a++) {
      for (int b = a + 1; b < LENGTH; b++) {
        for (int c = b + 1; c < LENGTH; c++) {
          all.add(new int[] {a, b, c});
        }
      }
    }
    var random = new SplittableRandom(seed);
    List<int[]> chosen = new ArrayList<>();
    for (int i = 0; i < kernels; i++) {
      chosen.add(all.remove(random.nextInt(all.size())));
    }
    return new KernelBank(dilation, chosen);
  }

  int kernels() {
    return twos.size();
  }

  /** How many samples a kernel spans beyond its first. */
  int reach() {
    return (LENGTH - 1) * dilation;
  }

  float[][] weights() {
    float[][] weights = new float[twos.size()][LENGTH];
    for (int k = 0; k < weights.length; k++) {
      Arrays.fill(weights[k], -1);
      for (int at : twos.get(k)) {
        weights[k][at] = 2;
      }
    }
    return weights;
  }

  /**
   * Slides every kernel along a row.
   *
   * @param power receives the mean square of each kernel's answers
   * @param peaks receives the greatest of them
   */
  void slide(float[] row, double[] power, double[] peaks) {
    int steps = row.length - reach();
    double[] ones = new double[steps];
    for (int j = 0; j < LENGTH; j++) {
      for (int t = 0; t < steps; t++) {
        ones[t] += row[t + j * dilation];
      }
    }
    for (int k = 0; k < twos.size(); k++) {
      int a = twos.get(k)[0] * dilation;
      int b = twos.get(k)[1] * dilation;
      int c = twos.get(k)[2] * dilation;
      double squares = 0;
      double greatest = Double.NEGATIVE_INFINITY;
      for (int t = 0; t < steps; t++) {
        // Three times what has a 2, less everything: the same as -1 and 2.
        double answer = 3 * ((double) row[t + a] + row[t + b] + row[t + c]) - ones[t];
        squares += answer * answer;
        greatest = Math.max(greatest, answer);
      }
      power[k] = squares / steps;
      peaks[k] = greatest;
    }
  }
}
