package io.edgeflow.wire.payload;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that is what it claims to be. */
final class Utf8 {
  private Utf8() {}

  /**
   * @throws Refused if the bytes are no UTF-8: nobody knows what was meant
   */
  static String text(byte[] bytes, int from, int to) throws Refused {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refused(PayloadFault.UNPARSEABLE, "the payload is no text in UTF-8");
    }
  }
}
