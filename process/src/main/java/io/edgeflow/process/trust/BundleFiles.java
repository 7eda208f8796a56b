package io.edgeflow.process.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The files of a bundle as far as they tell it apart: which names there are, how long files may be,
 * and the digest that follows from them.
 */
public final class BundleFiles {
  public static final String MANIFEST = "manifest.json";
  public static final String SIGNATURES = "signatures.json";
  public static final int MAX_FILES = 100;

  /** Of all files together, in bytes. */
  public static final long MAX_TOTAL = 2L << 30;

  public static final int MAX_MANIFEST = 256 * 1024;

  private static final String HEAD = "edgeflow-bundle-1\n";
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");
  public static final int LONGEST_NAME = 64;

  private BundleFiles() {}

  /**
   * @param length in bytes
   * @param sha256 64 lower-case hexadecimal digits
   */
  public record Entry(String name, long length, String sha256) {}

  /** Whether a name stays in its folder on every file system, and is one word of a digest. */
  public static boolean isPlain(String name) {
    return name.length() <= LONGEST_NAME && PLAIN.matcher(name).matches();
  }

  /**
   * The SHA-256 of the text {@code edgeflow-bundle-1} and then, file by file in the order of their
   * names' characters, {@code <name> <length> <sha256>}, each line ended by a line feed. Signatures
   * are not among the files.
   */
  public static String digest(Collection<Entry> files) {
    var text = new StringBuilder(HEAD);
    files.stream()
        .sorted(Comparator.comparing(Entry::name))
        .forEach(
            file ->
                text.append(file.name())
                    .append(' ')
                    .append(file.length())
                    .append(' ')
                    .append(file.sha256())
                    .append('\n'));
    return sha256(text.toString().getBytes(UTF_8));
  }

  /** 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
