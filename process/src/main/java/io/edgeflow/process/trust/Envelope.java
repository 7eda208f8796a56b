package io.edgeflow.process.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A payload and who signed it: a DSSE envelope (Dead Simple Signing Envelope, protocol version 1).
 * What is signed is the payload's exact bytes together with their type, so that no document can be
 * taken for one of another kind, and nothing is parsed before it is verified.
 *
 * @param payloadType what the payload is, a media type
 * @param payload base64
 */
public record Envelope(String payloadType, String payload, List<Sig> signatures) {
  private static final int MOST_SIGNATURES = 16;
  private static final int LONGEST_TYPE = 200;
  private static final int MAX_VALUES = 100;

  /** A statement names each piece of a bundle: of 2 GiB there are 8192. */
  private static final int LONGEST_PAYLOAD = 1 << 20;

  /**
   * @param keyid which key it may be of; only a hint
   * @param sig base64
   */
  public record Sig(String keyid, String sig) {
    public Sig {
      new Check()
          .that(keyid.length() <= LONGEST_TYPE, "keyid", "must be short")
          .that(isBase64(sig), "sig", "must be base64")
          .orRefuse();
    }
  }

  public Envelope {
    signatures = List.copyOf(signatures);
    new Check()
        .that(
            !payloadType.isEmpty() && payloadType.length() <= LONGEST_TYPE,
            "payloadType",
            "must be a media type")
        .that(isBase64(payload), "payload", "must be base64")
        .that(signatures.size() <= MOST_SIGNATURES, "signatures", "must be 16 or fewer")
        .orRefuse();
  }

  /** An envelope that nobody has signed yet. */
  public static Envelope around(String payloadType, String payload) {
    return new Envelope(
        payloadType, Base64.getEncoder().encodeToString(payload.getBytes(UTF_8)), List.of());
  }

  /** Never throws, whatever the bytes. */
  public static Document<Envelope> read(byte[] json, String source) {
    return read(json, source, LONGEST_PAYLOAD);
  }

  /**
   * As the other.
   *
   * @param longest how many characters of a text are read
   */
  static Document<Envelope> read(byte[] json, String source, int longest) {
    return Documents.read(Envelope.class, json, source, MAX_VALUES, longest);
  }

  /** The text that reads as this envelope. */
  public String text() {
    return Documents.write(this);
  }

  /** The same payload, signed by one more; by the same one again once. */
  public Envelope signedBy(SigningKey key) {
    String id = key.verifying().id();
    List<Sig> all = new ArrayList<>(signatures);
    all.removeIf(other -> other.keyid().equals(id));
    all.add(new Sig(id, Base64.getEncoder().encodeToString(key.sign(signed()))));
    return new Envelope(payloadType, payload, all);
  }

  /** The first of these keys whose owner signed this payload as one of this type. */
  public Optional<VerifyingKey> signer(String type, Collection<VerifyingKey> keys) {
    if (!payloadType.equals(type)) {
      return Optional.empty();
    }
    byte[] signed = signed();
    return keys.stream().filter(key -> isSignedBy(key, signed)).findFirst();
  }

  private boolean isSignedBy(VerifyingKey key, byte[] signed) {
    String id = key.id();
    return signatures.stream()
        .filter(one -> one.keyid().equals(id))
        .anyMatch(one -> key.verifies(signed, Base64.getDecoder().decode(one.sig())));
  }

  /** To be read only after somebody was found to vouch for it. */
  public byte[] content() {
    return Base64.getDecoder().decode(payload);
  }

  /** DSSE's pre-authentication encoding: lengths, so that nothing can move from type to payload. */
  private byte[] signed() {
    byte[] type = payloadType.getBytes(UTF_8);
    byte[] body = content();
    byte[] head =
        ("DSSEv1 " + type.length + " " + payloadType + " " + body.length + " ").getBytes(UTF_8);
    byte[] all = new byte[head.length + body.length];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private static boolean isBase64(String text) {
    try {
      Base64.getDecoder().decode(text);
      return true;
    } catch (IllegalArgumentException not) {
      return false;
    }
  }
}
