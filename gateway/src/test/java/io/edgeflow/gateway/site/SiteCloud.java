package io.edgeflow.gateway.site;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.edgeflow.gateway.uplink.Sample;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.topic.ParsedTopic;
import io.edgeflow.wire.topic.Topics;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A cloud with a ledger, over a broker: answers hello, and judges frames while it is told to. It
 * speaks of the edges that it is for.
 */
public final class SiteCloud implements AutoCloseable {
  /** What came, as it came. */
  record Said(String topic, String hex) {}

  final List<Said> said = new CopyOnWriteArrayList<>();
  private final Set<String> edges;
  private final Map<String, Set<Long>> committed = new ConcurrentHashMap<>();
  private final Map<String, Presence> presences = new ConcurrentHashMap<>();
  private final Mqtt5AsyncClient client;
  private volatile boolean judging = true;

  public SiteCloud(int port, String... edges) {
    this.edges = Set.of(edges);
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier("cloud-of-" + edges[0])
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().join();
    for (String edge : edges) {
      client
          .subscribeWith()
          .topicFilter("edgeflow/v1/" + edge + "/#")
          .qos(MqttQos.AT_LEAST_ONCE)
          .noLocal(true)
          .callback(this::came)
          .send()
          .join();
    }
  }

  private void came(Mqtt5Publish publish) {
    byte[] payload = publish.getPayloadAsBytes();
    String topic = publish.getTopic().toString();
    Topics.parse(topic)
        .filter(parsed -> edges.contains(parsed.edge()))
        .ifPresent(
            parsed -> {
              said.add(new Said(topic, HexFormat.of().formatHex(payload)));
              came(parsed, payload);
            });
  }

  private void came(ParsedTopic topic, byte[] payload) {
    switch (topic.channel()) {
      case UP -> {
        if (judging && FrameCodec.decode(payload) instanceof Decoded.Accepted accepted) {
          FrameId id = accepted.frame().id();
          committed(topic.edge()).add(id.number());
          tell(topic.edge(), committed(id));
        }
      }
      case HELLO -> {
        if (Hello.parse(payload) instanceof Parsed.Ok<Hello>(Hello hello)) {
          tell(
              topic.edge(),
              Sample.answer(
                  hello.incarnations().stream()
                      .map(held -> new IncarnationVerdicts(held.id(), List.of()))
                      .toList()));
        }
      }
      case PRESENCE -> {
        if (Presence.parse(payload) instanceof Parsed.Ok<Presence>(Presence presence)) {
          presences.put(topic.edge(), presence);
        }
      }
      case REPORTED, ACK, DESIRED -> {}
    }
  }

  private static Acknowledgement committed(FrameId id) {
    var range = new VerdictRange(id.number(), id.number(), Verdict.COMMITTED, "");
    var lane = new LaneVerdicts(id.lane(), List.of(range));
    return new Acknowledgement(
        false,
        Sample.DATABASE,
        0,
        Sample.CREDIT,
        1,
        List.of(new IncarnationVerdicts(id.incarnation(), List.of(lane))));
  }

  /** Whether frames get a verdict from now on. */
  void judges(boolean now) {
    judging = now;
  }

  private Set<Long> committed(String edge) {
    return committed.computeIfAbsent(edge, unknown -> new ConcurrentSkipListSet<>());
  }

  /** The numbers of its frames that are in the tables. */
  public Set<Long> committedOf(String edge) {
    return new TreeSet<>(committed(edge));
  }

  Presence presence(String edge) {
    return presences.getOrDefault(edge, new Presence(edge, "", false, 0));
  }

  List<Hello> hellos(String edge) {
    return said.stream()
        .filter(one -> one.topic().equals(Topics.hello(edge)))
        .flatMap(
            one ->
                Hello.parse(HexFormat.of().parseHex(one.hex()))
                        instanceof Parsed.Ok<Hello>(Hello hello)
                    ? Stream.of(hello)
                    : Stream.empty())
        .toList();
  }

  private void tell(String edge, Acknowledgement acknowledgement) {
    publish(Topics.ack(edge), acknowledgement.toBytes(), false);
  }

  public void publish(String topic, byte[] payload, boolean retained) {
    var _ =
        client
            .publishWith()
            .topic(topic)
            .payload(payload)
            .qos(MqttQos.AT_LEAST_ONCE)
            .retain(retained)
            .send();
  }

  @Override
  public void close() {
    // Its broker may be gone before.
    client.disconnect().exceptionally(gone -> null).join();
  }
}
