package io.edgeflow.models.recipe;

import io.edgeflow.inference.golden.ScoreFunction;
import io.edgeflow.models.onnx.OnnxGraph;
import io.edgeflow.models.onnx.OnnxGraph.Value;
import java.util.List;

/**
 * Slides kernels along a window of a waveform and holds what they answer, pooled, against what they
 * answer normally.
 *
 * @param length samples in a window
 * @param octaves one for each dilation, each with bounds of its own: what turning does to the low
 *     frequencies must not blunt the look at the high ones
 */
record WaveformModel(int length, List<Octave> octaves) implements ScoreFunction {
  static final int OUTPUTS = 3;

  /** Of the mean square: what a sensor that is dead still answers. */
  private static final double FAINTEST = 1e-6;

  /** Of the maximum. */
  private static final double LOWEST = 1e-3;

  WaveformModel {
    octaves = List.copyOf(octaves);
  }

  /**
   * The kernels of one dilation.
   *
   * @param power how far the logarithms of the answers' mean squares are from the normal ones
   * @param peaks how far those of their maxima are
   */
  record Octave(KernelBank bank, Distance power, Distance peaks) {}

  /**
   * What kernels answer to a window, pooled.
   *
   * @param power logarithms of the mean squares
   * @param peaks logarithms of the maxima
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Pooled(float[] power, float[] peaks) {
    static Pooled of(KernelBank bank, float[] row) {
      double[] power = new double[bank.kernels()];
      double[] peaks = new double[bank.kernels()];
      bank.slide(row, power, peaks);
      return new Pooled(logarithms(power, FAINTEST, 0), logarithms(peaks, 0, LOWEST));
    }

    private static float[] logarithms(double[] values, double added, double least) {
      float[] logarithms = new float[values.length];
      for (int i = 0; i < logarithms.length; i++) {
        logarithms[i] = (float) Math.log(Math.max(least, values[i] + added));
      }
      return logarithms;
    }
  }

  @Override
  public float[] score(float[] row) {
    double power = 0;
    double peaks = 0;
    for (Octave one : octaves) {
      Pooled pooled = Pooled.of(one.bank, row);
      power = Math.max(power, one.power.of(pooled.power()));
      peaks = Math.max(peaks, one.peaks.of(pooled.peaks()));
    }
    return new float[] {(float) Math.max(power, peaks), (float) power, (float) peaks};
  }

  byte[] graph() {
    var graph = new OnnxGraph("waveform");
    Value window = graph.input("input", 1, length);
    Value faintest = graph.row((float) FAINTEST);
    Value lowest = graph.row((float) LOWEST);
    Value[] power = new Value[octaves.size()];
    Value[] peaks = new Value[octaves.size()];
    for (int i = 0; i < power.length; i++) {
      Octave one = octaves.get(i);
      Value answers = graph.convolve(window, one.bank.weights(), one.bank.dilation());
      Value mean = graph.meanOfSteps(graph.multiply(answers, answers));
      Value greatest = graph.maxOfSteps(answers);
      power[i] = one.power.graph(graph, graph.logarithm(graph.add(mean, faintest)));
      peaks[i] = one.peaks.graph(graph, graph.logarithm(graph.max(greatest, lowest)));
    }
    Value strong = graph.max(power);
    Value high = graph.max(peaks);
    graph.output(graph.concat(graph.max(strong, high), strong, high), "output", OUTPUTS);
    return graph.bytes();
  }
}
