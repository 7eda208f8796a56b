package io.edgeflow.gateway.broker;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * The broker that sensors publish to, with capture in place.
 *
 * <p>What it promises a sender of QoS 1: a PUBACK means that the message was captured and synced,
 * or looked at and rejected, or is none of ours. If that cannot be had within the deadline, the
 * connection is closed instead.
 */
public final class GatewayBroker implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final Capture capture;
  private final CaptureFigures figures;
  private final LocalPublisher localPublisher;

  private GatewayBroker(
      EmbeddedBroker broker,
      Capture capture,
      CaptureFigures figures,
      LocalPublisher localPublisher) {
    this.broker = broker;
    this.capture = capture;
    this.figures = figures;
    this.localPublisher = localPublisher;
  }

  /** As the other one, where nobody hears of nodes, and nobody is behind it. */
  public static GatewayBroker start(
      BrokerSettings settings, CaptureSettings captureSettings, Intake intake)
      throws BrokerStartException {
    return start(settings, captureSettings, intake, NodeListener.NONE, MemberListener.NONE);
  }

  /** As the other one, where nothing can be set and no will matters. */
  public static GatewayBroker start(
      BrokerSettings settings,
      CaptureSettings captureSettings,
      Intake intake,
      NodeListener nodes,
      MemberListener members)
      throws BrokerStartException {
    return start(
        settings, captureSettings, intake, nodes, members, CommandListener.NONE, topic -> false);
  }

  /**
   * Blocks for about a second.
   *
   * @param wills the topics whose wills are captured when their sender is gone, besides what is
   *     published
   * @throws BrokerStartException as {@link EmbeddedBroker#start}
   */
  public static GatewayBroker start(
      BrokerSettings settings,
      CaptureSettings captureSettings,
      Intake intake,
      NodeListener nodes,
      MemberListener members,
      CommandListener commands,
      Predicate<String> wills)
      throws BrokerStartException {
    if (settings.maximumQos() > 1) {
      throw new IllegalArgumentException("the gateway's broker offers QoS 1 at most (A3)");
    }
    var figures = new CaptureFigures();
    var capture = new Capture(intake, captureSettings, figures, nodes, members, commands, wills);
    EmbeddedBroker broker = EmbeddedBroker.start(settings, capture);
    var publisher = new HiveMqLocalPublisher(Objects.requireNonNull(capture.publishing()));
    return new GatewayBroker(broker, capture, figures, publisher);
  }

  public String host() {
    return broker.host();
  }

  public int port() {
    return broker.port();
  }

  /** Where MQTT over WebSocket is taken; empty if it is not. */
  public OptionalInt webSocketPort() {
    return broker.webSocketPort();
  }

  public CaptureFigures figures() {
    return figures;
  }

  public LocalPublisher localPublisher() {
    return localPublisher;
  }

  /** Closes every connection; what is not acknowledged by now never is. */
  @Override
  public void close() {
    capture.stopping();
    broker.close();
  }
}
