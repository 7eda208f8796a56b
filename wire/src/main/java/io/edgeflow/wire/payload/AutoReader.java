package io.edgeflow.wire.payload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The forms that need no explanation: a bare number, or the JSON of {@link JsonReadings}. */
final class AutoReader implements PayloadReader {
  private final JsonReadings json;
  private final PointPolicy policy;

  AutoReader(PointPolicy policy, PayloadLimits limits) {
    this.json = new JsonReadings(limits);
    this.policy = policy;
  }

  @Override
  public String format() {
    return "JSON";
  }

  @Override
  public void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused, IOException {
    into.policies(policy);
    if (startsJson(payload[from])) {
      json.parse(payload, route, into);
    } else {
      bare(payload, from, to, route, into);
    }
  }

  private static boolean startsJson(byte first) {
    return first == '{' || first == '[' || first == '"';
  }

  private static void bare(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused {
    String fault = route.fault();
    if (fault != null) {
      throw new Refused(PayloadFault.BAD_SERIES_NAME, fault);
    }
    double exact = NumberText.exact(payload, from, to);
    if (!Double.isNaN(exact)) {
      into.number(route.base(), exact);
    } else {
      word(payload, from, to, route.base(), into);
    }
  }

  private static void word(byte[] payload, int from, int to, String series, ParsedMessage into)
      throws Refused {
    int length = Math.min(to - from, NumberText.MOST_CHARS + 1);
    String word = new String(payload, from, length, StandardCharsets.US_ASCII);
    double value = NumberText.of(word);
    if (word.equals("true") || word.equals("false")) {
      into.number(series, word.equals("true") ? 1 : 0);
    } else if (Double.isFinite(value)) {
      into.number(series, value);
    } else if (!Double.isNaN(value)) {
      throw new Refused(PayloadFault.OUT_OF_RANGE, "the number is too large");
    } else if (word.equalsIgnoreCase("nan") || word.endsWith("Infinity") || word.endsWith("inf")) {
      throw new Refused(PayloadFault.NOT_A_NUMBER, "not a finite number");
    } else {
      throw new Refused(
          PayloadFault.UNPARSEABLE,
          "neither a number nor JSON; a text is sent in double quotes, or its topic mapped with"
              + " format: value");
    }
  }
}
