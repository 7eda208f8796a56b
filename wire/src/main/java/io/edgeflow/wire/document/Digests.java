package io.edgeflow.wire.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as it is written: 64 hexadecimal digits, lower case. */
public final class Digests {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private Digests() {}

  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }

  public static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public static String of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static void check(String digest, boolean mayBeEmpty) {
    if (!isOne(digest) && !(mayBeEmpty && digest.isEmpty())) {
      throw new IllegalArgumentException("a digest is not 64 hexadecimal digits");
    }
  }
}
