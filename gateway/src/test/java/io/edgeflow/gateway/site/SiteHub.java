package io.edgeflow.gateway.site;

import io.edgeflow.gateway.broker.CaptureSettings;
import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.broker.MemberListener;
import io.edgeflow.gateway.broker.NodeListener;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.BrokerStartException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A gateway's broker that is the hub of several tests: each has a relay for its own members. */
final class SiteHub implements AutoCloseable {
  static final String NAME = "hub";

  final AtomicInteger captured = new AtomicInteger();
  private final Map<String, Relay> relays = new ConcurrentHashMap<>();
  private final GatewayBroker broker;

  SiteHub() throws BrokerStartException {
    broker =
        GatewayBroker.start(
            BrokerSettings.of("127.0.0.1", 0),
            CaptureSettings.DEFAULT,
            new Counting(),
            NodeListener.NONE,
            new Switchboard());
  }

  int port() {
    return broker.port();
  }

  String url() {
    return "tcp://127.0.0.1:" + port();
  }

  /** A relay for members whose names begin so, whose cloud is at this address. */
  Relay relay(String prefix, Function<String, String> url, long queueBytes, SiteEar ear) {
    Relay relay =
        new Relay(
            new Membership(NAME, List.of()),
            new RelaySettings(2, queueBytes, Duration.ofMillis(200)),
            client -> new MqttLink(link(url.apply(client), client), "site-link"),
            (topic, payload, retained) -> broker.localPublisher().send(topic, payload, retained),
            ear,
            new SplittableRandom(1));
    relays.put(prefix, relay);
    return relay;
  }

  private static MqttLinkSettings link(String url, String client) {
    return new MqttLinkSettings(
        url, client, null, null, Duration.ofSeconds(10), Duration.ofSeconds(20), 100);
  }

  @Override
  public void close() {
    broker.close();
  }

  private final class Switchboard implements MemberListener {
    @Override
    public boolean admits(Optional<String> speaker, String topic) {
      return new Membership(NAME, List.of()).admits(speaker, topic);
    }

    @Override
    public Line connected(Client client) {
      return relays.entrySet().stream()
          .filter(relay -> client.id().startsWith(relay.getKey()))
          .findFirst()
          .map(relay -> relay.getValue().connected(client))
          .orElse(Line.DEAF);
    }
  }

  private final class Counting implements Intake {
    @Override
    public boolean offer(Submission submission) {
      captured.incrementAndGet();
      submission.settleSafe();
      return true;
    }

    @Override
    public void whenRoom(Runnable retry) {
      retry.run();
    }
  }
}
