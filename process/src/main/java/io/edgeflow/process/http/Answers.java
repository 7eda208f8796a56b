package io.edgeflow.process.http;

import java.util.List;
import java.util.Map;

/** Answers that the server gives by itself. */
final class Answers {
  private Answers() {}

  static Answer nowhere(String path, List<String> near) {
    String hint = near.isEmpty() ? "" : "; near: " + String.join(", ", near);
    return Answer.json(
        404,
        Map.of(
            "error",
            Map.of("code", "not-found", "message", "no endpoint " + path + hint, "near", near)));
  }

  static Answer tooLarge(int limitBytes) {
    return Answer.error(413, "too-large", "a body has at most " + limitBytes + " bytes");
  }
}
