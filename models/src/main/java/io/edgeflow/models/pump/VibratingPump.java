package io.edgeflow.models.pump;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The vibration of a centrifugal pump as a fast sensor tells it: every half a minute a burst of
 * {@value #SAMPLES} samples, {@value #RATE} a second, in mm/s. The machine's turning, its harmonics
 * and the passing of six vanes, all in proportion to the square of a speed that follows the demand,
 * with load steps now and then, over a noise that grows with the flow. Equal seeds give equal
 * readings. One thread.
 */
public final class VibratingPump {
  /** Of a burst. */
  public static final int SAMPLES = 1_024;

  /** Samples in a second of a burst. */
  public static final int RATE = 2_000;

  public static final int SECONDS_PER_BURST = 30;
  public static final SeriesName SERIES = new SeriesName("pump-1/vibration");

  private static final long SECOND = 1_000_000;

  /** Turns a second at the nominal speed. */
  private static final double TURNS = 24.5;

  /** By multiples of the turning, in mm/s at the nominal speed. */
  private static final double[] HARMONICS = {1.2, 0.5, 0.25, 0.1, 0.08, 0.6};

  private static final double LEAST_NOISE = 0.15;
  private static final double NOISE_OF_FLOW = 0.2;

  /** How many bursts a load lasts, on average. */
  private static final int BURSTS_OF_A_LOAD = 40;

  /** From the least to the greatest load, as a part of the nominal speed. */
  private static final double LOADS = 0.4;

  /** Impulses in a turn, of a ball bearing whose outer ring is damaged. */
  private static final double IMPULSES = 3.57;

  /** What an impulse makes ring, in Hz, and how long, in seconds. */
  private static final double RINGS_AT = 620;

  private static final double RINGS_FOR = 0.0025;

  /** In standard deviations of the noise. */
  private static final double LEAST_CAVITATION = 0.5;

  private static final double MOST_CAVITATION = 2;
  private static final double LEAST_IMPULSE = 1.5;
  private static final double MOST_IMPULSE = 6;

  private final SplittableRandom random;
  private final List<Fault> faults;
  private final long startMicros;
  private int burst;
  private double demand;
  private double load;

  /**
   * @param startMicros when the first burst begins, in microseconds since the epoch
   * @param faults by their seconds since then; others than cavitation and bearing do not show
   */
  public VibratingPump(long seed, long startMicros, List<Fault> faults) {
    this.random = new SplittableRandom(seed);
    this.startMicros = startMicros;
    this.faults = List.copyOf(faults);
  }

  /** The next bursts. */
  public History next(int bursts) {
    List<GoldenReading> readings = new ArrayList<>(bursts * SAMPLES);
    for (int i = 0; i < bursts; i++) {
      int second = burst++ * SECONDS_PER_BURST;
      double[] samples = samples(second);
      for (int at = 0; at < SAMPLES; at++) {
        long time = startMicros + second * SECOND + at * SECOND / RATE;
        // The sensor says four decimals.
        double value = Math.round(samples[at] * 10_000) / 10_000.0;
        readings.add(new GoldenReading(SERIES, time, value, Quality.GOOD));
      }
    }
    return new History(readings);
  }

  private double[] samples(int second) {
    double speed = speed(second);
    double noise = LEAST_NOISE + NOISE_OF_FLOW * speed;
    double[] samples = new double[SAMPLES];
    turning(samples, speed);
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] += noise * random.nextGaussian();
    }
    for (Fault fault : faults) {
      if (second >= fault.fromSecond() && second < fault.toSecond()) {
        switch (fault.kind()) {
          case CAVITATION -> cavitation(samples, speed, noise, fault.size());
          case BEARING -> impulses(samples, speed, noise, fault.size());
          case DRIFT, STUCK, SPIKE -> {}
        }
      }
    }
    return samples;
  }

  /** About the day's, with demand that wanders and a load that is switched now and then. */
  private double speed(int second) {
    demand += -0.1 * demand + 0.04 * random.nextGaussian();
    if (random.nextInt(BURSTS_OF_A_LOAD) == 0) {
      load = LOADS * (random.nextDouble() - 0.5);
    }
    double day = Math.cos(2 * Math.PI * (second / 86_400.0 - 11.0 / 24));
    return 0.8 + 0.06 * day + 0.1 * Math.tanh(demand) + load;
  }

  private void turning(double[] samples, double speed) {
    for (int k = 0; k < HARMONICS.length; k++) {
      double size = HARMONICS[k] * speed * speed * (1 + 0.1 * random.nextGaussian());
      double phase = 2 * Math.PI * random.nextDouble();
      double step = 2 * Math.PI * TURNS * speed * (k + 1) / RATE;
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] += size * Math.sin(phase + step * i);
      }
    }
  }

  /** Bubbles that collapse: noise of all frequencies that swells as the vanes pass. */
  private void cavitation(double[] samples, double speed, double noise, double size) {
    double extra = noise * between(LEAST_CAVITATION, MOST_CAVITATION, size);
    double phase = 2 * Math.PI * random.nextDouble();
    double step = 2 * Math.PI * TURNS * speed * HARMONICS.length / RATE;
    for (int i = 0; i < SAMPLES; i++) {
      double swell = 1 + 0.5 * Math.sin(phase + step * i);
      samples[i] += extra * swell * random.nextGaussian();
    }
  }

  /** Balls that roll over the damage: each rings for a few milliseconds, none quite in time. */
  private void impulses(double[] samples, double speed, double noise, double size) {
    double peak = noise * between(LEAST_IMPULSE, MOST_IMPULSE, size);
    double apart = RATE / (IMPULSES * TURNS * speed);
    for (double at = apart * random.nextDouble(); at < SAMPLES; ) {
      for (int i = (int) Math.ceil(at); i < SAMPLES && i < at + 6 * RINGS_FOR * RATE; i++) {
        double time = (i - at) / RATE;
        samples[i] += peak * Math.exp(-time / RINGS_FOR) * Math.sin(2 * Math.PI * RINGS_AT * time);
      }
      at += apart * (1 + 0.02 * random.nextGaussian());
    }
  }

  private static double between(double least, double most, double size) {
    return least + size * (most - least);
  }
}
