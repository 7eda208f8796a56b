package io.edgeflow.gateway.outbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a frame are gone for certain: no later attempt will find them. Any other {@link
 * IOException} of a read may be a fault of the moment.
 */
public final class FrameLost extends IOException {
  public FrameLost(String message) {
    super(message);
  }

  public FrameLost(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
