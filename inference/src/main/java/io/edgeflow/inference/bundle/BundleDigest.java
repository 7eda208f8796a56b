package io.edgeflow.inference.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * What a bundle is told apart by: the SHA-256 of the text {@code edgeflow-bundle-1} and then, file
 * by file in the order of their names' characters, {@code <name> <length> <sha256>}, each line
 * ended by a line feed. Signatures are not among the files.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record BundleDigest(String hex) {
  private static final String HEAD = "edgeflow-bundle-1\n";
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
    var text = new StringBuilder(HEAD);
    files.stream()
        .sorted(Comparator.comparing(BundleFile::name))
        .forEach(
            file ->
                text.append(file.name())
                    .append(' ')
                    .append(file.length())
                    .append(' ')
                    .append(file.sha256())
                    .append('\n'));
    return new BundleDigest(Sha256.hex(text.toString().getBytes(StandardCharsets.UTF_8)));
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
