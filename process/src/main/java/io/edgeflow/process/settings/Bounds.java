package io.edgeflow.process.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The typed form of a {@link Range}. */
record Bounds(Comparable<Object> min, Optional<Comparable<Object>> max, String rule) {
  static Bounds of(Range range, Class<?> type, Scalars scalars) {
    boolean open = range.max().isEmpty();
    String rule =
        open ? "must be at least " + range.min() : "must be " + range.min() + " to " + range.max();
    return new Bounds(
        comparable(scalars.parse(type, range.min())),
        open ? Optional.empty() : Optional.of(comparable(scalars.parse(type, range.max()))),
        rule);
  }

  void check(Object value, String path, @Nullable Tree tree, Faults faults) {
    if (min.compareTo(value) > 0 || (max.isPresent() && max.get().compareTo(value) < 0)) {
      faults.add(path, tree, false, rule);
    }
  }

  @SuppressWarnings("unchecked") // Both sides come from the same parser of the same type.
  private static Comparable<Object> comparable(Object value) {
    return (Comparable<Object>) value;
  }
}
