package io.edgeflow.gateway.source.client;

import java.util.Map;

/** What went wrong, in words for a person. */
final class Words {
  private static final Map<Integer, String> CODES =
      Map.ofEntries(
          Map.entry(0x00, "goodbye"),
          Map.entry(0x80, "unspecified error"),
          Map.entry(0x81, "malformed packet"),
          Map.entry(0x82, "protocol error"),
          Map.entry(0x83, "it does not want to"),
          Map.entry(0x84, "it does not speak MQTT 5"),
          Map.entry(0x85, "it does not like the clientId"),
          Map.entry(0x86, "wrong user or password"),
          Map.entry(0x87, "not authorized; see user and password"),
          Map.entry(0x88, "it is unavailable"),
          Map.entry(0x89, "it is busy"),
          Map.entry(0x8a, "we are banned"),
          Map.entry(0x8b, "it shuts down"),
          Map.entry(0x8d, "it heard nothing of us for too long"),
          Map.entry(0x8e, "another client came with the same clientId"),
          Map.entry(0x8f, "it refuses the topic filter"),
          Map.entry(0x93, "too many messages without an acknowledgement"),
          Map.entry(0x95, "packet too large"),
          Map.entry(0x97, "quota exceeded"),
          Map.entry(0x98, "an operator ended it"),
          Map.entry(0x9c, "use another server"),
          Map.entry(0x9d, "the server has moved"),
          Map.entry(0x9f, "too many connections in a short time"),
          Map.entry(0xa2, "it does not allow wildcards"));

  private static final Map<Integer, String> CODES_OF_THREE =
      Map.of(
          1, "it does not speak this version of MQTT",
          2, "it does not like the clientId",
          3, "it is unavailable",
          4, "wrong user or password",
          5, "not authorized; see user and password");

  private static final int MOST_SHOWN = 200;

  private Words() {}

  /** Of MQTT 5, and of subscriptions in both versions. */
  static String code(int code, Properties properties) {
    return CODES.getOrDefault(code, "code") + number(code) + more(properties);
  }

  /** Of an answer to CONNECT in the form of MQTT 3.1.1. */
  static String codeOfThree(int code) {
    return CODES_OF_THREE.getOrDefault(code, "code") + number(code);
  }

  private static String number(int code) {
    return " (0x%02x)".formatted(code);
  }

  /** Whatever answers there may say anything: no more than a line of it goes into the log. */
  private static String more(Properties properties) {
    String said = properties.reason();
    String shown = said.substring(0, Math.min(said.length(), MOST_SHOWN));
    return said.isEmpty() ? "" : ": " + shown.replaceAll("\\p{Cntrl}", "·");
  }

  /** The innermost message. */
  static String of(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
