package io.edgeflow.process.link;

import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.jspecify.annotations.Nullable;

/** What came of a request; on a thread of Paho's, which must not wait. */
record PahoOutcome(Consumer<IMqttToken> success, Consumer<@Nullable Throwable> failure)
    implements MqttActionListener {
  @Override
  public void onSuccess(IMqttToken token) {
    success.accept(token);
  }

  @Override
  public void onFailure(IMqttToken token, @Nullable Throwable error) {
    failure.accept(error);
  }
}
