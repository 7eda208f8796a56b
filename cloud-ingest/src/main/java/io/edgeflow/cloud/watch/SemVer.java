package io.edgeflow.cloud.watch;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by Semantic Versioning 2.0, in its order. Build metadata do not count in it.
 *
 * @param preRelease its parts; empty for a release
 * @param text without a leading {@code v}
 */
record SemVer(
    BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease, String text)
    implements Comparable<SemVer> {
  private static final int LONGEST = 33;
  private static final Pattern FORM =
      Pattern.compile(
          "v?((0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)"
              + "(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)"
              + "(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
              + "(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?)");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  SemVer {
    preRelease = List.copyOf(preRelease);
  }

  /** Of {@code v1.4.2} or {@code 1.4.2-rc.1}; empty if it is none. */
  static Optional<SemVer> of(String tag) {
    Matcher form = FORM.matcher(tag);
    if (tag.length() > LONGEST || !form.matches()) {
      return Optional.empty();
    }
    List<String> parts =
        form.group(5) == null ? List.of() : Arrays.asList(form.group(5).split("\\.", -1));
    return Optional.of(
        new SemVer(
            new BigInteger(form.group(2)),
            new BigInteger(form.group(3)),
            new BigInteger(form.group(4)),
            parts,
            form.group(1)));
  }

  boolean isRelease() {
    return preRelease.isEmpty();
  }

  @Override
  public int compareTo(SemVer other) {
    int order = major.compareTo(other.major);
    order = order == 0 ? minor.compareTo(other.minor) : order;
    order = order == 0 ? patch.compareTo(other.patch) : order;
    return order == 0 ? comparePreRelease(other) : order;
  }

  private int comparePreRelease(SemVer other) {
    if (isRelease() || other.isRelease()) {
      return Boolean.compare(isRelease(), other.isRelease());
    }
    int common = Math.min(preRelease.size(), other.preRelease.size());
    for (int i = 0; i < common; i++) {
      int order = comparePart(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  /** Numbers by their value, and before words. */
  private static int comparePart(String one, String other) {
    boolean number = NUMBER.matcher(one).matches();
    boolean otherNumber = NUMBER.matcher(other).matches();
    if (number && otherNumber) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return number == otherNumber ? one.compareTo(other) : Boolean.compare(otherNumber, number);
  }
}
