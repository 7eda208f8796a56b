package io.edgeflow.gateway.backlog;

import java.io.IOException;

/** It is certain that a file does not hold a frame intact: asking again will not help. */
public final class FrameLost extends IOException {
  FrameLost(String message) {
    super(message);
  }
}
