package io.edgeflow.process.http;

import io.vertx.core.MultiMap;
import java.util.Map;

/**
 * What every answer tells the browser: load nothing from elsewhere, run no script but ours, be in
 * nobody's frame. Style attributes are allowed, because the chart library sets them.
 */
final class SecurityHeaders {
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
              + " img-src 'self' data:; connect-src 'self'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'",
          "x-content-type-options",
          "nosniff",
          "referrer-policy",
          "no-referrer",
          "cross-origin-opener-policy",
          "same-origin",
          "cross-origin-resource-policy",
          "same-origin");

  private SecurityHeaders() {}

  static void add(MultiMap headers) {
    headers.setAll(HEADERS);
  }
}
