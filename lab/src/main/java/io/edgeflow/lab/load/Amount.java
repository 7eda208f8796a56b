package io.edgeflow.lab.load;

/** So many frames, and the readings in them. */
public record Amount(long frames, long readings) {
  public static final Amount NONE = new Amount(0, 0);

  Amount plus(Amount more) {
    return new Amount(frames + more.frames, readings + more.readings);
  }
}
