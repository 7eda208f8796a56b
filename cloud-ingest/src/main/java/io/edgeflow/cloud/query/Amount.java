package io.edgeflow.cloud.query;

/** So many frames, and the readings in them. */
record Amount(long frames, long readings) {
  static final Amount NONE = new Amount(0, 0);

  Amount plus(Amount more) {
    return new Amount(frames + more.frames, readings + more.readings);
  }

  Amount minus(Amount less) {
    return new Amount(frames - less.frames, readings - less.readings);
  }
}
