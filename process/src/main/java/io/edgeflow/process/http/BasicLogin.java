package io.edgeflow.process.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * HTTP Basic. Checking a password takes a while by intent, so a header that was right is remembered
 * (as a salted digest, for a few minutes): a page asks every second. Any thread.
 */
final class BasicLogin {
  private static final int REMEMBERED = 64;
  private static final long REMEMBERED_NANOS = 300L * 1_000_000_000;

  private final Credentials credentials;
  private final byte[] salt = new byte[16];

  // Guarded by itself; the eldest entry goes first.
  private final Map<String, Long> right = new LinkedHashMap<>();

  BasicLogin(Credentials credentials) {
    this.credentials = credentials;
    new SecureRandom().nextBytes(salt);
  }

  /**
   * @param header the Authorization header; empty if there was none
   */
  boolean admits(String header, long nowNanos) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    String key = digest(header);
    synchronized (right) {
      Long since = right.get(key);
      if (since != null && nowNanos - since < REMEMBERED_NANOS) {
        return true;
      }
    }
    return check(header.substring(6).strip()) && remember(key, nowNanos);
  }

  static Answer challenge() {
    return Answer.error(401, "login", "user and password, please")
        .with("www-authenticate", "Basic realm=\"EdgeFlow\", charset=\"UTF-8\"");
  }

  private boolean check(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon > 0 && credentials.admits(pair.substring(0, colon), pair.substring(colon + 1));
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private boolean remember(String key, long nowNanos) {
    synchronized (right) {
      right.remove(key);
      right.put(key, nowNanos);
      if (right.size() > REMEMBERED) {
        right.remove(right.keySet().iterator().next());
      }
    }
    return true;
  }

  private String digest(String header) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update(salt);
      return HexFormat.of().formatHex(sha.digest(header.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
