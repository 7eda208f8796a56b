package io.edgeflow.process.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a handler answers.
 *
 * @param body never modified after this; empty for no content
 * @param headers beside the content's type and length
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once; nobody compares answers.
public record Answer(int status, String contentType, byte[] body, Map<String, String> headers)
    implements Reply {
  private static final String JSON = "application/json";

  public Answer {
    headers = Map.copyOf(headers);
  }

  /** 200 with a record, map, list or tree as JSON. */
  public static Answer json(Object value) {
    return json(200, value);
  }

  public static Answer json(int status, Object value) {
    return new Answer(status, JSON, Json.bytes(value), Map.of("cache-control", "no-store"));
  }

  public static Answer text(String contentType, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    return new Answer(200, contentType, body, Map.of("cache-control", "no-store"));
  }

  /** The one form of error: {@code {"error":{"code":…,"message":…}}}. */
  public static Answer error(int status, String code, String message) {
    return json(status, Map.of("error", new ErrorBody(code, message)));
  }

  /** Overload: 503, and when to come again. */
  public static Answer busy(String message, Duration retryAfter) {
    return error(503, "busy", message)
        .with("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  public Answer with(String header, String value) {
    var more = new TreeMap<>(headers);
    more.put(header, value);
    return new Answer(status, contentType, body, more);
  }

  record ErrorBody(String code, String message) {}
}
