package io.edgeflow.process.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key that tells whether a signature is its owner's. Immutable.
 *
 * @param text its X.509 form (RFC 8410) in base64: 60 characters
 */
public record VerifyingKey(String text) {
  private static final int ID_BYTES = 16;

  /**
   * @throws IllegalArgumentException if it is no such key
   */
  public VerifyingKey {
    decoded(text);
  }

  static VerifyingKey of(PublicKey key) {
    return new VerifyingKey(Base64.getEncoder().encodeToString(key.getEncoded()));
  }

  /** From a JSON document. */
  public static VerifyingKey parse(String text) {
    return new VerifyingKey(text.strip());
  }

  /** The first 32 hexadecimal digits of the SHA-256 of its X.509 form: a name, not a proof. */
  public String id() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(decoded(text).getEncoded());
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ID_BYTES));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether the owner of this key signed exactly these bytes. Garbage is no signature. */
  public boolean verifies(byte[] signed, byte[] signature) {
    try {
      Signature check = Signature.getInstance(SigningKey.ALGORITHM);
      check.initVerify(decoded(text));
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException notOne) {
      return false;
    }
  }

  private static PublicKey decoded(String text) {
    try {
      byte[] form = Base64.getDecoder().decode(text);
      return KeyFactory.getInstance(SigningKey.ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(form));
    } catch (GeneralSecurityException | IllegalArgumentException notOne) {
      throw new IllegalArgumentException("must be an Ed25519 public key in base64", notOne);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
