package io.edgeflow.gateway.bundles;

import java.io.IOException;

/** The volume does not have the room that a download needs; trying again at once does not help. */
final class NoRoomException extends IOException {
  private static final long serialVersionUID = 1;

  private final String why;

  NoRoomException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
