package io.edgeflow.gateway.site;

import java.util.Locale;

/** How far the connection is that is kept for a member. */
enum Way {
  NONE,
  CONNECTING,
  OPEN,
  /** It was told to end, and has not yet. */
  ENDING,
  /** Until the next attempt. */
  WAITING;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
