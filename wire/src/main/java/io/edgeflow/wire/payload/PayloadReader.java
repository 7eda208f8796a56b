package io.edgeflow.wire.payload;

import java.io.IOException;

/** Finds the readings in the payloads of one mapping. Owned by the parser's thread. */
interface PayloadReader {
  /** What payloads must be, for a person: {@code JSON}. */
  String format();

  /**
   * @param payload with something else than blanks from {@code from} on, and before {@code to}
   * @throws Refused if the message makes no sense as a whole
   * @throws IOException if it is not even of the mapping's format
   */
  void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused, IOException;
}
