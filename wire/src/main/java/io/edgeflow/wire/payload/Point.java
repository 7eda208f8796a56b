package io.edgeflow.wire.payload;

import java.util.List;

/**
 * One value of a payload, or with a {@code *} in its name a family of them.
 *
 * @param name what {@code <point>} stands for; a {@code *} in it stands for what the stars in the
 *     path are, joined by slashes
 * @param from where the value is: a JSON path, a column, a field; empty where there is but one
 * @param scale numbers are multiplied with it; 1 leaves them as they are
 * @param offset added after that
 */
public record Point(String name, String from, double scale, double offset, PointPolicy policy) {
  static final String STAR = "*";

  /** A value as it is. */
  public static Point plain(String name, String from, PointPolicy policy) {
    return new Point(name, from, 1, 0, policy);
  }

  boolean many() {
    return name.contains(STAR);
  }

  String named(List<String> stars) {
    return name.replace(STAR, String.join("/", stars));
  }

  double scaled(double value) {
    // Not by way of 1 and 0: -0.0 + 0 is another value.
    return scale == 1 && offset == 0 ? value : value * scale + offset;
  }
}
