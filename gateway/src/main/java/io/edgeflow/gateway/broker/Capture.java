package io.edgeflow.gateway.broker;

import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.process.mqtt.BrokerExtension;
import io.edgeflow.process.mqtt.BrokerServices;
import io.edgeflow.process.mqtt.ConnectionChannel;
import io.edgeflow.process.mqtt.Rights;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts an {@link AckGate} into every connection before its CONNACK leaves. */
final class Capture implements BrokerExtension {
  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
  private static final String GATE = "edgeflow_ack_gate";
  private static final String LAST_WORDS = "edgeflow_last_words";
  private static final String HIVEMQ_PUBLISH_HANDLER = "mqtt_publish_flow_handler";

  private final Intake intake;
  private final CaptureSettings settings;
  private final CaptureFigures figures;
  private final NodeListener nodes;
  private final MemberListener members;
  private final CommandListener commands;
  private final Predicate<String> wills;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private volatile @Nullable PublishService publishing;

  /**
   * @param wills the topics whose wills are captured, besides what is published
   */
  Capture(
      Intake intake,
      CaptureSettings settings,
      CaptureFigures figures,
      NodeListener nodes,
      MemberListener members,
      CommandListener commands,
      Predicate<String> wills) {
    this.intake = intake;
    this.settings = settings;
    this.figures = figures;
    this.nodes = nodes;
    this.members = members;
    this.commands = commands;
    this.wills = wills;
  }

  @Override
  public void start(BrokerServices services) {
    ConnectionChannel channels = ConnectionChannel.find();
    publishing = services.publishing();
    if (!members.equals(MemberListener.NONE)) {
      // Not otherwise: it is asked for every reading that comes in.
      MemberGuard guard = new MemberGuard(services, members);
      services.security().setAuthorizerProvider(input -> guard);
    }
    services
        .initializers()
        .setClientInitializer(
            (input, client) ->
                connected(channels.of(input.getConnectionInformation()), services, input));
  }

  @Nullable PublishService publishing() {
    return publishing;
  }

  /** HiveMQ lets a client in whose initializer threw: without a gate it must not stay. */
  private void connected(Channel channel, BrokerServices services, InitializerInput input) {
    try {
      var gate =
          new AckGate(
              intake,
              settings,
              figures,
              services.rights(input.getConnectionInformation()),
              input.getClientInformation().getClientId(),
              nodes,
              members,
              MemberGuard.speaker(services, input.getConnectionInformation()),
              commands,
              services.user(input.getConnectionInformation()));
      channel.pipeline().addBefore(HIVEMQ_PUBLISH_HANDLER, GATE, gate);
      if (channel.pipeline().get(GATE) != gate) {
        throw new IllegalStateException("the gate is not in the pipeline");
      }
      watch(channel, services.rights(input.getConnectionInformation()));
    } catch (RuntimeException failure) {
      LOG.error("MQTT client refused: its messages could not be captured", failure);
      var _ = channel.close();
    }
  }

  private void watch(Channel channel, Rights rights) {
    LastWords words = LastWords.of(channel, intake, stopping);
    if (words != null && wills.test(words.topic()) && rights.mayPublish(words.topic())) {
      channel.pipeline().addAfter(GATE, LAST_WORDS, words);
    }
  }

  /** The connections that end from now on were ended by the gateway. */
  void stopping() {
    stopping.set(true);
  }
}
