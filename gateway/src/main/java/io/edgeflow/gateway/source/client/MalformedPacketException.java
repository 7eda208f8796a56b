package io.edgeflow.gateway.source.client;

import java.io.IOException;

/** The other side said something that MQTT does not know, or that was not its turn. */
final class MalformedPacketException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedPacketException(String message) {
    super(message);
  }
}
