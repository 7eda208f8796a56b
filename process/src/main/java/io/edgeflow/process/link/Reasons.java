package io.edgeflow.process.link;

import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;

/** Turns what Paho reports into one line for a person. */
final class Reasons {
  private Reasons() {}

  static String of(@Nullable Throwable error) {
    if (error == null) {
      return "closed";
    }
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String words = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return root instanceof MqttException mqtt ? words + " (" + mqtt.getReasonCode() + ")" : words;
  }

  static String of(MqttDisconnectResponse response) {
    if (response.getException() != null) {
      return of(response.getException());
    }
    String words = response.getReasonString();
    return "the broker disconnected, code "
        + response.getReturnCode()
        + (words == null || words.isEmpty() ? "" : ": " + words);
  }
}
