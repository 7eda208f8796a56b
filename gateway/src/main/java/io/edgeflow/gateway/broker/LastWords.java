package io.edgeflow.gateway.broker;

import com.hivemq.bootstrap.ClientConnection;
import com.hivemq.mqtt.message.connect.MqttWillPublish;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Captures the will of one connection when it ends, however it ends: HiveMQ publishes wills by
 * itself, past every gate and interceptor, and no subscriber may be relied upon. Where its sender
 * said goodbye HiveMQ keeps the will to itself; here it is captured all the same, because only such
 * wills are asked for that are true then, too. A gateway that stops is not their sender's end.
 */
final class LastWords extends ChannelInboundHandlerAdapter {
  private final String topic;
  private final byte[] payload;
  private final Intake intake;
  private final AtomicBoolean stopping;

  private LastWords(String topic, byte[] payload, Intake intake, AtomicBoolean stopping) {
    this.topic = topic;
    this.payload = payload;
    this.intake = intake;
    this.stopping = stopping;
  }

  /**
   * @param stopping becomes true before the broker ends its connections
   * @return null where the connection has no will
   */
  static @Nullable LastWords of(Channel channel, Intake intake, AtomicBoolean stopping) {
    MqttWillPublish will = ClientConnection.of(channel).getWillPublish();
    if (will == null) {
      return null;
    }
    byte[] payload = will.getPayload();
    return new LastWords(
        will.getTopic(), payload == null ? new byte[0] : payload.clone(), intake, stopping);
  }

  String topic() {
    return topic;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (!stopping.get()) {
      offer(Submission.mqtt(topic, payload, System.nanoTime()));
    }
    context.fireChannelInactive();
  }

  private void offer(Submission submission) {
    if (!intake.offer(submission)) {
      intake.whenRoom(() -> offer(submission));
    }
  }
}
