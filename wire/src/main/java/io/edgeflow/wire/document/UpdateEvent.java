package io.edgeflow.wire.document;

import java.util.regex.Pattern;

/**
 * The simple event of the first EdgeFlow, {@code {"action":"update","tag":"v1.4.2"}}: somebody
 * published a version of the program. It says so, and no more: nobody signed it, so it may start
 * only what is configured already.
 *
 * @param tag as Git and container registries know them
 */
public record UpdateEvent(String tag) {
  /** A longer one is refused unread. */
  public static final int MAX_BYTES = 1024;

  private static final String ACTION = "update";

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  public UpdateEvent {
    if (!TAG.matcher(tag).matches() || tag.contains("..")) {
      throw new IllegalArgumentException("tag is none");
    }
  }

  /** Never throws. Unknown fields are ignored; anything else that is unexpected is refused. */
  public static Parsed<UpdateEvent> parse(byte[] bytes) {
    return Json.parse(
        bytes,
        MAX_BYTES,
        node -> {
          if (!Json.text(node, "action").equals(ACTION)) {
            throw new IllegalArgumentException("action is unknown");
          }
          return new UpdateEvent(Json.text(node, "tag"));
        });
  }
}
