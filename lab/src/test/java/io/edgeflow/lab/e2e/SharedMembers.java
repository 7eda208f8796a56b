package io.edgeflow.lab.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Members of one shared subscription, and a sensor whose readings are divided among them. */
final class SharedMembers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final URI broker;
  private final List<Member> members = new ArrayList<>();
  private final List<MqttLink> links = new ArrayList<>();

  /** Counts what it hears, topic by topic. */
  private static final class Member implements MqttListener {
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Map<String, Integer> heard = new TreeMap<>();
    private int all;

    @Override
    public void opened() {
      opened.countDown();
    }

    @Override
    public synchronized void message(String topic, byte[] payload) {
      heard.merge(topic, 1, Integer::sum);
      all++;
    }

    @Override
    public void closed(String reason) {}

    synchronized int of(String topic) {
      return heard.getOrDefault(topic, 0);
    }

    synchronized int all() {
      return all;
    }
  }

  SharedMembers(URI broker, int number) throws InterruptedException {
    this.broker = broker;
    for (int i = 0; i < number; i++) {
      var member = new Member();
      open("member-" + i, "$share/nodes/elsewhere/#", member);
      members.add(member);
    }
  }

  private MqttConnection open(String name, String filter, Member member)
      throws InterruptedException {
    var link =
        new MqttLink(
            new MqttLinkSettings(
                broker.toString(),
                name,
                null,
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                100),
            name);
    links.add(link);
    MqttConnection connection =
        link.open("gone/" + name, new byte[0], List.of(new Subscription(filter, false)), member);
    assertTrue(member.opened.await(PATIENCE_SECONDS, TimeUnit.SECONDS), name);
    return connection;
  }

  static String topic(int series) {
    return "elsewhere/pump-" + series + "/flow";
  }

  /** Returns when each is acknowledged. */
  void publish(int series, int readings) throws InterruptedException {
    MqttConnection sensor = open("sensor", "nothing", new Member());
    var acknowledged = new CountDownLatch(series * readings);
    for (int reading = 0; reading < readings; reading++) {
      for (int one = 0; one < series; one++) {
        byte[] payload = String.valueOf(reading).getBytes(UTF_8);
        sensor.publish(topic(one), payload, false, fault -> acknowledged.countDown());
      }
    }
    assertTrue(acknowledged.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  /** What all members heard. */
  int heard() {
    return members.stream().mapToInt(Member::all).sum();
  }

  /** How much of one topic each member heard. */
  List<Integer> heard(String topic) {
    return members.stream().map(member -> member.of(topic)).toList();
  }

  @Override
  public void close() {
    links.parallelStream().forEach(MqttLink::close);
  }
}
