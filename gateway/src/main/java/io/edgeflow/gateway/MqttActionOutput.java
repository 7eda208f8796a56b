package io.edgeflow.gateway;

import io.edgeflow.gateway.actions.ActionOutput;
import io.edgeflow.gateway.actions.ActionResult;
import io.edgeflow.gateway.broker.LocalPublisher;
import io.edgeflow.gateway.config.ActionConfig;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Publishes at the gateway's own broker. */
record MqttActionOutput(LocalPublisher publisher, ActionConfig.Message message)
    implements ActionOutput {
  @Override
  public void write(boolean on, Consumer<ActionResult> done) {
    byte[] payload = (on ? message.on() : message.off()).getBytes(StandardCharsets.UTF_8);
    var _ =
        publisher
            .send(message.topic(), payload, message.retain())
            .whenComplete(
                (sent, failure) ->
                    done.accept(
                        failure == null
                            ? new ActionResult.Done("")
                            : new ActionResult.Failed("not-published", failure.toString())));
  }
}
