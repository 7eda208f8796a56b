package io.edgeflow.gateway.site;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.edgeflow.gateway.uplink.Cable;
import io.edgeflow.gateway.uplink.Sample;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.topic.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** L10: edges behind a gateway, over real brokers and cables that can be cut. */
@Execution(ExecutionMode.CONCURRENT)
final class RelayTest {
  private static final long PLENTY = 1 << 20;
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static final Set<String> CLIENTS_ABOVE = ConcurrentHashMap.newKeySet();
  private static EmbeddedBroker above;
  private static SiteHub hub;
  private static SiteHub outpost;

  private final String site = "s" + TESTS.incrementAndGet() + "x";
  private final String a = site + "-a";
  private final String b = site + "-b";
  private final List<AutoCloseable> open = new ArrayList<>();
  private Cable line;
  private SiteCloud cloud;
  private Relay relay;

  @BeforeAll
  static void start() throws Exception {
    above =
        EmbeddedBroker.start(
            BrokerSettings.of("127.0.0.1", 0),
            services ->
                services
                    .initializers()
                    .setClientInitializer(
                        (input, client) ->
                            CLIENTS_ABOVE.add(input.getClientInformation().getClientId())));
    hub = new SiteHub();
    outpost = new SiteHub();
  }

  @AfterAll
  static void stop() {
    outpost.close();
    hub.close();
    above.close();
  }

  @BeforeEach
  void connect() throws Exception {
    line = keep(new Cable(above.port()));
    cloud = keep(new SiteCloud(above.port(), a, b));
    relay = keep(hub.relay(site, client -> line.url(), PLENTY, SiteEar.NONE));
  }

  private <T extends AutoCloseable> T keep(T part) {
    open.addFirst(part);
    return part;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private SiteMember member(String edge) {
    return keep(new SiteMember(edge, hub.url()));
  }

  @Test
  void passesOnWhatEdgesSayByteForByteAndEachAsItself() throws Exception {
    SiteMember first = member(a);
    SiteMember second = member(b);
    first.frames(1, 20);
    second.frames(1, 30);
    await("the frames of both", () -> first.pending() == 0 && second.pending() == 0);
    assertEquals(hex(first.frames), frames(a));
    assertEquals(hex(second.frames), frames(b));
    assertTrue(CLIENTS_ABOVE.contains(a + "-" + Sample.INCARNATION), CLIENTS_ABOVE::toString);
    assertTrue(CLIENTS_ABOVE.contains(b + "-" + Sample.INCARNATION), CLIENTS_ABOVE::toString);
    assertEquals(0, hub.captured.get(), "nothing of it is a reading of the hub");
    await("what was counted", () -> relay.counts().relayed() >= 50);
    assertEquals(List.of(a, b), relay.members().stream().map(MemberStatus::edge).toList());
  }

  @Test
  void tellsTheCloudWhoIsThereAndWhoIsGone() throws Exception {
    Cable cable = keep(new Cable(hub.port()));
    SiteMember first = keep(new SiteMember(a, cable.url()));
    SiteMember second = member(b);
    await("both", () -> cloud.presence(a).online() && cloud.presence(b).online());
    await("their hellos", () -> first.isSending() && second.isSending());
    String connection = cloud.hellos(a).getLast().connection();
    assertEquals(connection, cloud.presence(a).connection());
    cable.cut();
    await("the will of the one", () -> !cloud.presence(a).online());
    assertEquals(connection, cloud.presence(a).connection(), "R4: of its own connection");
    assertTrue(cloud.presence(b).online());
    second.close();
    await("the goodbye of the other", () -> !cloud.presence(b).online());
  }

  @Test
  void leavesEachEdgesWillWhenTheHubItselfIsCutOff() throws Exception {
    SiteMember first = member(a);
    await("the hello", first::isSending);
    String connection = cloud.presence(a).connection();
    line.cut();
    await("the will", () -> !cloud.presence(a).online());
    assertEquals(connection, cloud.presence(a).connection());
  }

  @Test
  void freesNothingWithoutTheCloudsVerdict() throws Exception {
    cloud.judges(false);
    SiteMember first = member(a);
    first.frames(1, 5);
    // Twice each: the first broker took them long ago.
    await("the frames again", () -> sent(a) >= 10);
    assertEquals(5, first.pending());
    cloud.judges(true);
    await("the verdicts", () -> first.pending() == 0);
  }

  @Test
  void dropsWithoutTheCloudAndDeliversAllOfItAfterwards() throws Exception {
    SiteMember first = member(a);
    SiteMember second = member(b);
    first.frames(1, 3);
    await("the first frames", () -> first.pending() == 0);
    await("the other's hello", second::isSending);
    String before = cloud.hellos(a).getLast().connection();
    line.cut();
    await("the end", () -> upstream(a).equals("waiting") || !cloud.presence(a).online());
    first.frames(4, 9);
    second.frames(1, 4);
    await("dropped frames", () -> dropped(a) >= 6 && dropped(b) >= 4);
    assertEquals(6, first.pending());
    assertTrue(first.isSending() && second.isSending(), "they stay connected here");
    assertEquals(before, cloud.hellos(a).getLast().connection());
    line.mend();
    await("all of it", () -> first.pending() == 0 && second.pending() == 0);
    assertEquals(numbers(9), cloud.committedOf(a));
    assertEquals(numbers(4), cloud.committedOf(b));
    assertTrue(relay.counts().greetAgain() >= 2);
    assertTrue(!before.equals(cloud.hellos(a).getLast().connection()), "they said hello once more");
    await("they are there", () -> cloud.presence(a).online() && cloud.presence(b).online());
  }

  @Test
  void bringsDocumentsDownAsTheyAreAndKeepsThemForWhoeverComesLater() throws Exception {
    SiteMember first = member(a);
    await("the hello", first::isSending);
    byte[] document = "{ \"any\" : \"bytes\" } ".getBytes(UTF_8);
    cloud.publish(Topics.desired(a), document, true);
    BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();
    listen("early", Topics.desired(a), heard);
    assertArrayEquals(document, heard.poll(30, TimeUnit.SECONDS));
    line.cut();
    await("the end", () -> !cloud.presence(a).online());
    BlockingQueue<byte[]> later = new LinkedBlockingQueue<>();
    listen("late", Topics.desired(a), later);
    assertArrayEquals(document, later.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void passesThroughAHubBehindAHub() throws Exception {
    Cable between = keep(new Cable(hub.port()));
    keep(outpost.relay(site, client -> between.url(), PLENTY, SiteEar.NONE));
    SiteMember far = keep(new SiteMember(a, outpost.url()));
    far.frames(1, 10);
    await("the frames", () -> far.pending() == 0);
    line.cut();
    far.frames(11, 15);
    await("dropped frames", () -> dropped(a) >= 5);
    line.mend();
    await("the frames after the first outage", () -> far.pending() == 0);
    between.cut();
    far.frames(16, 20);
    await("the goodbye", () -> !cloud.presence(a).online());
    between.mend();
    await("the frames after the second", () -> far.pending() == 0);
    assertEquals(numbers(20), cloud.committedOf(a));
    assertTrue(frames(a).containsAll(hex(far.frames)));
    await("it is there", () -> cloud.presence(a).online());
  }

  @Test
  void letsNoMemberTakeTheRoomOfAnother() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String nowhere = "tcp://127.0.0.1:" + deaf.getLocalPort();
      relay =
          keep(
              hub.relay(
                  site,
                  client -> client.startsWith(a) ? nowhere : line.url(),
                  20_000,
                  SiteEar.NONE));
      Mqtt5BlockingClient slow = client(a + "-1");
      publish(slow, Topics.presence(a), new Presence(a, "1", true, 0).toBytes());
      for (int i = 0; i < 30; i++) {
        publish(slow, Topics.up(a, Lane.WINDOW), new byte[2_000]);
      }
      assertTrue(relay.counts().noRoom() >= 20, () -> "dropped " + relay.counts().noRoom());
      SiteMember other = member(b);
      // A fifth of its own room: on a slow machine they go again, and again.
      other.frames(1, 10);
      await("the other's frames", () -> other.pending() == 0);
      assertEquals(0, dropped(b));
    }
  }

  @Test
  void refusesWhatNobodyMaySayForOthers() throws Exception {
    SiteMember victim = member(a);
    await("its hello", victim::isSending);
    cloud.judges(false);
    victim.frames(1, 9);
    byte[] forged = Sample.verdict(Lane.EVENT, 1, 9, Verdict.COMMITTED).toBytes();
    for (String topic :
        List.of(
            Topics.ack(a),
            Topics.desired(a),
            Topics.presence(SiteHub.NAME),
            Topics.up(SiteHub.NAME, Lane.WINDOW),
            "edgeflow/v1/" + a + "/other")) {
      Mqtt5BlockingClient liar = builder(site + "-liar").buildBlocking();
      liar.connect();
      // With an error code or a disconnection, whichever the broker says first.
      assertThrows(RuntimeException.class, () -> publish(liar, topic, forged), topic);
    }
    // A will is published by the broker itself, when nobody is asked any more.
    assertThrows(
        Mqtt5ConnAckException.class,
        () ->
            builder(site + "-will")
                .willPublish()
                .topic(Topics.ack(a))
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(forged)
                .applyWillPublish()
                .buildBlocking()
                .connect());
    // Its name is the name of a connection above, which another client of that name would end.
    Mqtt5BlockingClient stranger = client(site + "-stranger");
    publish(stranger, Topics.presence(b), new Presence(b, "1", true, 0).toBytes());
    await("the refusal", () -> relay.counts().refused() == 1);
    await("the frames", () -> sent(a) >= 18);
    assertEquals(9, victim.pending(), "no forged word freed them");
  }

  @Test
  void takesNoMoreClientsThanItShall() throws Exception {
    SiteMember first = member(a);
    SiteMember second = member(b);
    await("both", () -> first.isSending() && second.isSending());
    Mqtt5BlockingClient third = client(site + "-c-1");
    publish(third, Topics.presence(site + "-c"), new byte[10]);
    await("the refusal", () -> relay.counts().refused() == 1);
    second.close();
    await("room", () -> upstream(b).equals("none"));
    publish(third, Topics.presence(site + "-c"), new Presence(site + "-c", "1", true, 0).toBytes());
    await("the third", () -> upstream(site + "-c").equals("open"));
  }

  private Set<String> frames(String edge) {
    return cloud.said.stream()
        .filter(one -> one.topic().equals(Topics.up(edge, Lane.EVENT)))
        .map(SiteCloud.Said::hex)
        .collect(Collectors.toSet());
  }

  private int sent(String edge) {
    return (int)
        cloud.said.stream().filter(one -> one.topic().equals(Topics.up(edge, Lane.EVENT))).count();
  }

  private static Set<String> hex(List<byte[]> frames) {
    return frames.stream().map(HexFormat.of()::formatHex).collect(Collectors.toSet());
  }

  private static Set<Long> numbers(long to) {
    return LongStream.rangeClosed(1, to).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  private String upstream(String edge) {
    return status(edge).upstream();
  }

  private long dropped(String edge) {
    return status(edge).dropped();
  }

  private MemberStatus status(String edge) {
    return relay.members().stream()
        .filter(one -> one.edge().equals(edge))
        .findFirst()
        .orElse(new MemberStatus(edge, false, "none", 0, 0, ""));
  }

  private static Mqtt5ClientBuilder builder(String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(hub.port());
  }

  private Mqtt5BlockingClient client(String id) {
    Mqtt5BlockingClient client = builder(id).buildBlocking();
    client.connect();
    keep(client::disconnect);
    return client;
  }

  private void listen(String id, String topic, BlockingQueue<byte[]> heard) {
    client(site + "-" + id)
        .toAsync()
        .subscribeWith()
        .topicFilter(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(publish -> heard.add(publish.getPayloadAsBytes()))
        .send()
        .join();
  }

  private static void publish(Mqtt5BlockingClient client, String topic, byte[] payload) {
    var _ = client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
  }

  private void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, () -> "no " + what + ": " + relay.members());
      LockSupport.parkNanos(2_000_000);
    }
  }
}
