package io.edgeflow.lab.bench;

import java.util.Optional;

/**
 * How long one reading took through the parts of a gateway, in nanoseconds.
 *
 * @param stampMillis of the reading
 * @param decided from the broker's hook to the recorder
 * @param scored from there through the model
 * @param recorded its score, into the recorder again
 * @param acted from there to the output of the action
 */
record ReactPassage(long stampMillis, long decided, long scored, long recorded, long acted) {
  long all() {
    return decided + scored + recorded + acted;
  }

  String line() {
    return stampMillis + " " + decided + " " + scored + " " + recorded + " " + acted;
  }

  /** What {@link #line} wrote; empty for anything else. */
  static Optional<ReactPassage> of(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 5) {
      return Optional.empty();
    }
    long[] numbers = new long[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Long.parseLong(words[i]);
    }
    return Optional.of(
        new ReactPassage(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]));
  }
}
