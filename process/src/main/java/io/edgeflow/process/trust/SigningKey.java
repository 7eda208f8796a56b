package io.edgeflow.process.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An Ed25519 key that signs, with the one that verifies. Never shown by {@code toString}. */
public final class SigningKey {
  static final String ALGORITHM = "Ed25519";
  private static final int LINE = 64;
  private static final Pattern PEM =
      Pattern.compile(
          "-----BEGIN PRIVATE KEY-----\\s(.*?)-----END PRIVATE KEY-----"
              + ".*-----BEGIN PUBLIC KEY-----\\s(.*?)-----END PUBLIC KEY-----",
          Pattern.DOTALL);

  private final PrivateKey secret;
  private final VerifyingKey verifying;

  private SigningKey(PrivateKey secret, VerifyingKey verifying) {
    this.secret = secret;
    this.verifying = verifying;
  }

  /** A new one, from the system's randomness. */
  public static SigningKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), VerifyingKey.of(pair.getPublic()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * From a file of {@link #pem}.
   *
   * @throws IllegalArgumentException if it is none, or its two keys do not belong together
   */
  public static SigningKey parse(String pem) {
    Matcher parts = PEM.matcher(pem);
    if (!parts.find()) {
      throw new IllegalArgumentException(
          "must hold a private and a public Ed25519 key in PEM, as 'model keygen' writes them");
    }
    var key =
        new SigningKey(
            secret(parts.group(1)), new VerifyingKey(parts.group(2).replaceAll("\\s", "")));
    byte[] probe = {1, 2, 3};
    if (!key.verifying.verifies(probe, key.sign(probe))) {
      throw new IllegalArgumentException("holds two keys that do not belong together");
    }
    return key;
  }

  private static PrivateKey secret(String text) {
    try {
      byte[] form = Base64.getMimeDecoder().decode(text);
      PrivateKey key =
          KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(form));
      if (key instanceof EdECPrivateKey edwards
          && edwards.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
        return key;
      }
    } catch (GeneralSecurityException | IllegalArgumentException notOne) {
      throw new IllegalArgumentException("holds no Ed25519 private key", notOne);
    }
    throw new IllegalArgumentException("holds no Ed25519 private key");
  }

  /** PKCS #8 and X.509, one after the other, as OpenSSL reads them. Secret. */
  public String pem() {
    return block("PRIVATE KEY", secret.getEncoded())
        + block("PUBLIC KEY", Base64.getDecoder().decode(verifying.text()));
  }

  private static String block(String what, byte[] form) {
    String body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(form);
    return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
  }

  public VerifyingKey verifying() {
    return verifying;
  }

  byte[] sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(bytes);
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public String toString() {
    return "signing key " + verifying.id();
  }
}
