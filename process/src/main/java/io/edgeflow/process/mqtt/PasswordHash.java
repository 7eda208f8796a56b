package io.edgeflow.process.mqtt;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: PBKDF2 with HMAC-SHA-512 and a random salt of its own, written as
 * {@code $pbkdf2-sha512$ITERATIONS$SALT$HASH} (salt and hash in Base64).
 *
 * <p>Checking takes a tenth of a second and more on purpose: never on an event loop.
 */
public final class PasswordHash {
  /** What OWASP asks of this function; stated in every entry, so that it can rise later. */
  static final int ITERATIONS = 210_000;

  private static final int MAX_ITERATIONS = 10_000_000;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("\\$pbkdf2-sha512\\$([0-9]{1,8})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password with a new salt. The caller clears its array. */
  public static PasswordHash of(char[] password) {
    return of(password, ITERATIONS);
  }

  /** What no password matches, though checking takes as long as with any other. */
  static PasswordHash ofNobody() {
    return new PasswordHash(ITERATIONS, random(SALT_BYTES), random(HASH_BYTES));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }

  static PasswordHash of(char[] password, int iterations) {
    byte[] salt = random(SALT_BYTES);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations, HASH_BYTES));
  }

  /**
   * @throws IllegalArgumentException if this is not what {@link #toString} wrote; the message does
   *     not repeat it
   */
  public static PasswordHash parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("is not of the form $pbkdf2-sha512$ITERATIONS$SALT$HASH");
    }
    int iterations = Integer.parseInt(form.group(1));
    byte[] salt = Base64.getDecoder().decode(form.group(2));
    byte[] hash = Base64.getDecoder().decode(form.group(3));
    if (iterations < 1 || iterations > MAX_ITERATIONS || salt.length < 8 || hash.length < 16) {
      throw new IllegalArgumentException("has too few or too many iterations, or is too short");
    }
    return new PasswordHash(iterations, salt, hash);
  }

  /** Takes the same time whether it matches or not. */
  public boolean matches(char[] password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations, hash.length));
  }

  private static byte[] derive(char[] password, byte[] salt, int iterations, int bytes) {
    PBEKeySpec key = new PBEKeySpec(password, salt, iterations, bytes * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK lacks PBKDF2WithHmacSHA512", e);
    } finally {
      key.clearPassword();
    }
  }

  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return "$pbkdf2-sha512$"
        + iterations
        + "$"
        + base64.encodeToString(salt)
        + "$"
        + base64.encodeToString(hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PasswordHash that
        && iterations == that.iterations
        && Arrays.equals(salt, that.salt)
        && Arrays.equals(hash, that.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }
}
