package io.edgeflow.inference.bundle;

import io.edgeflow.process.trust.BundleFiles;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * What a bundle is told apart by, see {@link BundleFiles#digest}.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BundleDigest(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");
  private static final int SHORT = 12;

  /**
   * @throws IllegalArgumentException if it is no digest
   */
  public BundleDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("must be 64 lower-case hexadecimal digits");
    }
  }

  public static BundleDigest parse(String text) {
    return new BundleDigest(text);
  }

  static BundleDigest of(Collection<BundleFile> files) {
    return new BundleDigest(
        BundleFiles.digest(
            files.stream()
                .map(file -> new BundleFiles.Entry(file.name(), file.length(), file.sha256()))
                .toList()));
  }

  /** Its first digits, for people. */
  public String brief() {
    return hex.substring(0, SHORT);
  }

  @Override
  public String toString() {
    return hex;
  }
}
