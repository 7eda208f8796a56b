package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a topic and a payload into readings, by the first mapping that takes the topic. An
 * unparseable message is rejected whole; a bad value costs only itself (A5). No input makes it
 * throw, or allocate beyond the stated limits. Not thread-safe: the owner thread has one.
 */
public final class PayloadParser {
  /** Where no mapping took a topic. */
  public static final int NONE = -1;

  private final PayloadLimits limits;
  private final Route.Cache routes;
  private final ParsedMessage message = new ParsedMessage();

  public PayloadParser(List<Mapping> mappings, PayloadLimits limits) {
    this.limits = limits;
    List<Route.Reading> readings = new ArrayList<>(mappings.size());
    for (Mapping mapping : mappings) {
      readings.add(Readers.of(readings.size(), mapping, limits));
    }
    this.routes = new Route.Cache(readings);
  }

  /** Topics under {@code sensors/}, with the standard limits. */
  public static PayloadParser standard() {
    return new PayloadParser(List.of(new Mapping("sensors", false)), PayloadLimits.STANDARD);
  }

  /** As the other one, of a message that is not to be retained. */
  public ParsedMessage parse(String topic, byte[] payload) {
    return parse(topic, payload, false);
  }

  /**
   * The same object at every call: read it before the next.
   *
   * @param retained whether it was published to be retained
   */
  public ParsedMessage parse(String topic, byte[] payload, boolean retained) {
    Route route = routes.route(topic);
    switch (route.kind()) {
      case NOT_OURS -> message.notOurs();
      case UNMAPPED ->
          message.reject(PayloadFault.NO_MAPPING, "no mapping covers the topic " + topic);
      case MAPPED -> parse(payload, retained, route);
    }
    return message;
  }

  /** Which mapping takes a topic, from 0; {@link #NONE} if none does. */
  public int mapping(String topic) {
    Route route = routes.route(topic);
    return route.kind() == Route.Kind.MAPPED ? route.mapping().number() : NONE;
  }

  private void parse(byte[] payload, boolean retained, Route route) {
    Mapping mapping = route.mapping().mapping();
    message.begin(mapping.keepFirst());
    if (retained && mapping.ignoresRetained()) {
      message.reject(PayloadFault.RETAINED, "published to be retained, which its mapping ignores");
      return;
    }
    if (payload.length > limits.bytes()) {
      message.reject(
          PayloadFault.TOO_LARGE, payload.length + " bytes; a message may have " + limits.bytes());
      return;
    }
    int from = skipBlanks(payload, afterMark(payload));
    int to = dropBlanks(payload, from);
    if (from == to) {
      message.reject(PayloadFault.UNPARSEABLE, "the payload is empty");
    } else {
      read(payload, from, to, route);
    }
  }

  private void read(byte[] payload, int from, int to, Route route) {
    PayloadReader reader = route.mapping().reader();
    try {
      reader.read(payload, from, to, route, message);
    } catch (Refused e) {
      message.reject(e.reason, words(e));
    } catch (StreamConstraintsException e) {
      boolean deep = e.getOriginalMessage().contains("nesting depth");
      message.reject(
          deep ? PayloadFault.TOO_DEEP : PayloadFault.TOO_LARGE,
          reader.format() + ": " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      message.reject(
          PayloadFault.UNPARSEABLE, "not " + reader.format() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      message.reject(PayloadFault.UNPARSEABLE, "not " + reader.format() + ": " + words(e));
    }
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** Where the text begins: some editors and spreadsheets mark UTF-8 in front of it. */
  private static int afterMark(byte[] payload) {
    boolean marked =
        payload.length >= 3
            && payload[0] == (byte) 0xEF
            && payload[1] == (byte) 0xBB
            && payload[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }

  private static int skipBlanks(byte[] payload, int begin) {
    int from = begin;
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
