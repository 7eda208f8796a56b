package io.edgeflow.lab.check;

import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Selector;
import java.util.List;
import java.util.Optional;

/**
 * The series that a slot's scores become.
 *
 * @param manifest of the model in the slot
 */
record ScoreSeries(String slot, Manifest manifest) {
  private static final String DEVICE = "{device}";

  /** For people: {@code <device>/wear.score}. */
  List<String> names() {
    return manifest.outputs().stream()
        .map(output -> subject().replace(DEVICE, "<device>") + last(output))
        .toList();
  }

  /** Whether the last word of a series or pattern is one that only this slot writes. */
  boolean isMeantBy(String pattern) {
    return pattern.substring(pattern.lastIndexOf('/') + 1).startsWith(slot + ".");
  }

  /** Whether some score may be of a series that the pattern stands for. */
  boolean mayBe(String pattern) {
    return manifest.outputs().stream().anyMatch(output -> mayBe(pattern, output.name()));
  }

  /** The same for one output. */
  boolean mayBe(String pattern, String output) {
    Optional<Output> found =
        manifest.outputs().stream().filter(one -> one.name().equals(output)).findFirst();
    List<String> devices =
        manifest.devices().isEmpty()
            ? List.of("*")
            : manifest.devices().stream().map(Object::toString).toList();
    return found.isPresent()
        && devices.stream()
            .map(device -> subject().replace(DEVICE, device) + last(found.get()))
            .anyMatch(series -> overlap(series, pattern));
  }

  private String subject() {
    return manifest.input() instanceof Input.SlidingWindow(Selector series, int _, int _)
        ? series.pattern()
        : DEVICE;
  }

  private String last(Output output) {
    return "/" + slot + "." + (manifest.outputs().size() == 1 ? "score" : output.name());
  }

  /** Whether a text exists that both patterns match; from the ends of both backwards. */
  static boolean overlap(String one, String other) {
    boolean[][] can = new boolean[one.length() + 1][other.length() + 1];
    for (int i = one.length(); i >= 0; i--) {
      for (int j = other.length(); j >= 0; j--) {
        boolean here = i < one.length();
        boolean there = j < other.length();
        if (here && one.charAt(i) == '*') {
          can[i][j] = can[i + 1][j] || (there && can[i][j + 1]);
        } else if (there && other.charAt(j) == '*') {
          can[i][j] = can[i][j + 1] || (here && can[i + 1][j]);
        } else if (here && there) {
          can[i][j] = can[i + 1][j + 1] && same(one.charAt(i), other.charAt(j));
        } else {
          can[i][j] = here == there;
        }
      }
    }
    return can[0][0];
  }

  private static boolean same(char a, char b) {
    return a == b || a == '?' || b == '?';
  }
}
