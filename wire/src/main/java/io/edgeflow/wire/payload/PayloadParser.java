package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Turns a topic and a payload into readings (section 8 of the design): a bare number, or JSON. An
 * unparseable message is rejected whole; a bad value costs only itself (A5). No input makes it
 * throw, or allocate beyond the stated limits. Not thread-safe: the owner thread has one.
 */
public final class PayloadParser {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?");
  private static final int MOST_NUMBER_CHARS = 400;

  private final PayloadLimits limits;
  private final Route.Cache routes;
  private final JsonReadings json;
  private final ParsedMessage message = new ParsedMessage();

  public PayloadParser(List<Mapping> mappings, PayloadLimits limits) {
    this.limits = limits;
    this.routes = new Route.Cache(mappings);
    this.json = new JsonReadings(limits);
  }

  /** Topics under {@code sensors/}, with the standard limits. */
  public static PayloadParser standard() {
    return new PayloadParser(List.of(new Mapping("sensors", false)), PayloadLimits.STANDARD);
  }

  /** The same object at every call: read it before the next. */
  public ParsedMessage parse(String topic, byte[] payload) {
    Route route = routes.route(topic);
    switch (route.kind()) {
      case NOT_OURS -> message.notOurs();
      case UNMAPPED ->
          message.reject(PayloadFault.NO_MAPPING, "no mapping covers the topic " + topic);
      case MAPPED -> parse(payload, route);
    }
    return message;
  }

  private void parse(byte[] payload, Route route) {
    message.begin(route.keepFirst());
    if (payload.length > limits.bytes()) {
      message.reject(
          PayloadFault.TOO_LARGE, payload.length + " bytes; a message may have " + limits.bytes());
      return;
    }
    int from = skipBlanks(payload);
    int to = dropBlanks(payload, from);
    if (from == to) {
      message.reject(PayloadFault.UNPARSEABLE, "the payload is empty");
    } else if (startsJson(payload[from])) {
      parseJson(payload, route);
    } else {
      parseBare(payload, from, to, route);
    }
  }

  private static boolean startsJson(byte first) {
    return first == '{' || first == '[' || first == '"';
  }

  private void parseJson(byte[] payload, Route route) {
    try {
      json.parse(payload, route, message);
    } catch (JsonReadings.Refused e) {
      message.reject(e.reason, words(e));
    } catch (StreamConstraintsException e) {
      boolean deep = e.getOriginalMessage().contains("nesting depth");
      message.reject(
          deep ? PayloadFault.TOO_DEEP : PayloadFault.TOO_LARGE, "JSON: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      message.reject(PayloadFault.UNPARSEABLE, "not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      message.reject(PayloadFault.UNPARSEABLE, "not JSON: " + words(e));
    }
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage());
  }

  private void parseBare(byte[] payload, int from, int to, Route route) {
    String fault = route.fault();
    if (fault != null) {
      message.reject(PayloadFault.BAD_SERIES_NAME, fault);
      return;
    }
    double exact = NumberText.exact(payload, from, to);
    if (!Double.isNaN(exact)) {
      message.number(route.base(), exact);
    } else {
      parseWord(payload, from, to, route.base());
    }
  }

  private void parseWord(byte[] payload, int from, int to, String series) {
    int length = Math.min(to - from, MOST_NUMBER_CHARS + 1);
    String word = new String(payload, from, length, StandardCharsets.US_ASCII);
    if (word.equals("true") || word.equals("false")) {
      message.number(series, word.equals("true") ? 1 : 0);
    } else if (length <= MOST_NUMBER_CHARS && NUMBER.matcher(word).matches()) {
      double value = Double.parseDouble(word);
      if (Double.isFinite(value)) {
        message.number(series, value);
      } else {
        message.reject(PayloadFault.OUT_OF_RANGE, "the number is too large");
      }
    } else if (word.equalsIgnoreCase("nan") || word.endsWith("Infinity") || word.endsWith("inf")) {
      message.reject(PayloadFault.NOT_A_NUMBER, "not a finite number");
    } else {
      message.reject(
          PayloadFault.UNPARSEABLE, "neither a number nor JSON; a text is sent in double quotes");
    }
  }

  private static int skipBlanks(byte[] payload) {
    int from = 0;
    while (from < payload.length && blank(payload[from])) {
      from++;
    }
    return from;
  }

  private static int dropBlanks(byte[] payload, int from) {
    int to = payload.length;
    while (to > from && blank(payload[to - 1])) {
      to--;
    }
    return to;
  }

  private static boolean blank(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
