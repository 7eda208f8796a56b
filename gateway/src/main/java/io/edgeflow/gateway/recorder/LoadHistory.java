package io.edgeflow.gateway.recorder;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The load of the last hours in which something came, so that a start can say what its budget is
 * good for. Survives restarts. Owned by the owner thread.
 */
final class LoadHistory {
  private static final int MOST = 24;

  private final Deque<LoadSample> samples = new ArrayDeque<>();

  void add(LoadSample sample) {
    if (samples.size() == MOST) {
      samples.removeFirst();
    }
    samples.addLast(sample);
  }

  LoadSample total() {
    return samples.stream().reduce(LoadSample.NONE, LoadSample::plus);
  }

  void write(RecordWriter out) {
    out.varint(samples.size());
    samples.forEach(sample -> sample.write(out));
  }

  void read(RecordReader in) {
    for (long left = in.varint(); left > 0; left--) {
      add(LoadSample.read(in));
    }
  }
}
