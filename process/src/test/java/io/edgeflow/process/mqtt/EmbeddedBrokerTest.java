package io.edgeflow.process.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.edgeflow.loopback.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmbeddedBrokerTest {
  private static final List<Path> SOCKETS =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final Duration PROMISED = Duration.ofSeconds(5);
  private static final BrokerSettings LOOPBACK = BrokerSettings.of("127.0.0.1", 0);

  @TempDir private Path folder;

  @Test
  void announcesItsLimitsToClientsOfBothVersions() throws Exception {
    try (var broker = EmbeddedBroker.start(LOOPBACK, BrokerExtension.NONE)) {
      Mqtt5ConnAck answer = mqtt5(broker, "five").connect();
      assertEquals(1, answer.getRestrictions().getMaximumQos().getCode());
      assertEquals(
          BrokerSettings.DEFAULT_RECEIVE_MAXIMUM, answer.getRestrictions().getReceiveMaximum());
      assertEquals(
          BrokerSettings.DEFAULT_MAX_PACKET_BYTES, answer.getRestrictions().getMaximumPacketSize());
      assertFalse(mqtt3(broker).connect().getReturnCode().isError());
    }
  }

  @Test
  void leavesNeitherFilesNorPortBehind() throws Exception {
    int port;
    try (var broker = EmbeddedBroker.start(LOOPBACK.withDirectory(folder), BrokerExtension.NONE)) {
      port = broker.port();
      assertTrue(Files.exists(folder.resolve("hivemq")));
    }
    assertFalse(Files.exists(folder.resolve("hivemq")));
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  @Test
  void stopsWithinFiveSecondsWithClientsConnected() throws Exception {
    // A shared machine may itself stop for a second; what hangs by our fault hangs each time.
    Duration took = stopWithAClient();
    for (int more = 0; more < 2 && took.compareTo(PROMISED) >= 0; more++) {
      took = stopWithAClient();
    }
    assertTrue(took.compareTo(PROMISED) < 0, "took " + took);
  }

  private static Duration stopWithAClient() throws Exception {
    var broker = EmbeddedBroker.start(LOOPBACK, BrokerExtension.NONE);
    mqtt5(broker, "one").connect();
    long started = System.nanoTime();
    broker.close();
    return Duration.ofNanos(System.nanoTime() - started);
  }

  /** A free port is let go for a moment before HiveMQ takes it. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesAnotherFreePortIfSomebodyElseGetsTheFirst(boolean webSocketToo) throws Exception {
    assumeTrue(Files.exists(SOCKETS.getFirst()), "nobody here tells which ports are held");
    Set<Integer> before = listeners();
    List<ServerSocket> stolen = new CopyOnWriteArrayList<>();
    var starts = new AtomicInteger();
    var over = new AtomicBoolean();
    BrokerExtension beset =
        services -> {
          if (starts.incrementAndGet() == 1) {
            Set<Integer> held = listeners();
            held.removeAll(before);
            held.forEach(
                port -> Thread.ofPlatform().daemon().start(() -> steal(port, stolen, over)));
          }
        };
    BrokerSettings settings = webSocketToo ? LOOPBACK.withWebSocketPort(0) : LOOPBACK;
    try (var broker = EmbeddedBroker.start(settings, beset)) {
      assertTrue(stolen.stream().noneMatch(one -> one.getLocalPort() == broker.port()));
      assertFalse(mqtt5(broker, "one").connect().getReasonCode().isError());
      if (webSocketToo) {
        int port = broker.webSocketPort().orElseThrow();
        assertTrue(stolen.stream().noneMatch(one -> one.getLocalPort() == port));
        new Socket(InetAddress.getLoopbackAddress(), port).close();
      }
    } finally {
      over.set(true);
      for (ServerSocket one : stolen) {
        one.close();
      }
    }
  }

  private static void steal(int port, List<ServerSocket> stolen, AtomicBoolean over) {
    while (stolen.isEmpty() && !over.get()) {
      try {
        stolen.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
      } catch (IOException held) {
        Thread.onSpinWait();
      }
    }
  }

  private static Set<Integer> listeners() throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (Path sockets : SOCKETS) {
      for (String line : Files.readAllLines(sockets)) {
        String[] parts = line.strip().split(" +");
        if (parts[3].equals("0A")) {
          ports.add(Integer.parseInt(parts[1].substring(parts[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  @Test
  void failsAndBindsNothingWhenItsExtensionFails() throws Exception {
    int port = Loopback.freePort();
    var failure =
        assertThrows(
            BrokerStartException.class,
            () ->
                EmbeddedBroker.start(
                    BrokerSettings.of("127.0.0.1", port),
                    services -> {
                      throw new IllegalStateException("the journal is on fire");
                    }));
    assertSays("the journal is on fire", failure);
    assertThrows(
        IOException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
  }

  /** Knocks all the time while the start goes wrong. */
  @Test
  void answersNobodyWhenItsExtensionFails() throws Exception {
    int port = Loopback.freePort();
    var answered = new AtomicInteger();
    var knocks = new AtomicInteger();
    Thread stranger =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    answered.addAndGet(knock(port) ? 1 : 0);
                    knocks.incrementAndGet();
                  }
                });
    assertThrows(
        BrokerStartException.class,
        () ->
            EmbeddedBroker.start(
                BrokerSettings.of("127.0.0.1", port),
                services -> {
                  throw new IllegalStateException("not in place");
                }));
    stranger.interrupt();
    stranger.join();
    assertTrue(knocks.get() > 5, () -> knocks + " knocks");
    assertEquals(0, answered.get());
  }

  private static boolean knock(int port) {
    byte[] connect = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, 1, 'k'};
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 20);
      socket.setSoTimeout(20);
      socket.getOutputStream().write(connect);
      return socket.getInputStream().read() >= 0;
    } catch (IOException refused) {
      return false;
    }
  }

  /** A7: nobody else, and no HiveMQ without its extension, can listen there meanwhile. */
  @Test
  void keepsItsPortToItselfUntilItsExtensionIsInPlace() throws Exception {
    int port = Loopback.freePort();
    var free = new ArrayList<Boolean>();
    try (var broker =
        EmbeddedBroker.start(
            BrokerSettings.of("127.0.0.1", port), services -> free.add(isFree(port)))) {
      assertEquals(port, broker.port());
    }
    assertEquals(List.of(false), free);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  @Test
  void isStartedOnlyAfterItsExtension() throws Exception {
    var order = new ArrayList<String>();
    try (var broker = EmbeddedBroker.start(LOOPBACK, services -> order.add("extension"))) {
      order.add("broker on " + (broker.port() > 0 ? "a port" : "none"));
    }
    assertEquals(List.of("extension", "broker on a port"), order);
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var failure =
          assertThrows(
              BrokerStartException.class,
              () ->
                  EmbeddedBroker.start(
                      BrokerSettings.of("127.0.0.1", taken.getLocalPort()), BrokerExtension.NONE));
      assertSays("port " + taken.getLocalPort(), failure);
    }
  }

  @Test
  void refusesToListenBeyondLoopbackWithoutUsers() {
    var failure =
        assertThrows(
            BrokerStartException.class,
            () -> EmbeddedBroker.start(BrokerSettings.of("0.0.0.0", 0), BrokerExtension.NONE));
    assertSays("mqtt.users", failure);
  }

  @Test
  void refusesStrangersWhenUsersAreConfigured() throws Exception {
    try (var broker = EmbeddedBroker.start(withUsers(""), BrokerExtension.NONE)) {
      assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, refusal(broker, null, null));
      assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, refusal(broker, "pump", "wrong"));
      assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, refusal(broker, "nobody", "secret"));
      assertEquals(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED, refusal(broker, "nobody", ""));
      assertThrows(Mqtt3ConnAckException.class, () -> mqtt3(broker).connect());
    }
  }

  @Test
  void letsKnownUsersInBeyondLoopback() throws Exception {
    BrokerSettings open = BrokerSettings.of("0.0.0.0", 0).withUsers(usersFile(""));
    try (var broker = EmbeddedBroker.start(open, BrokerExtension.NONE)) {
      mqtt5(broker, "known")
          .connectWith()
          .simpleAuth()
          .username("pump")
          .password("secret".getBytes(UTF_8))
          .applySimpleAuth()
          .send();
    }
  }

  @Test
  void refusesFaultyUserFilesWithoutRepeatingThem() throws Exception {
    Path file = Files.writeString(folder.resolve("users"), "pump:topsecret\njust-a-name\n");
    var failure = assertThrows(BrokerStartException.class, () -> Users.read(file));
    assertSays("line 1", failure);
    assertSays("line 2", failure);
    assertFalse(failure.toString().contains("topsecret"), failure::toString);
  }

  private static void assertSays(String text, Exception failure) {
    assertTrue(failure.toString().contains(text), failure::toString);
  }

  private BrokerSettings withUsers(String clauses) throws IOException {
    return LOOPBACK.withUsers(usersFile(clauses));
  }

  private Path usersFile(String clauses) throws IOException {
    PasswordHash hash = PasswordHash.of("secret".toCharArray(), 1_000);
    return Files.writeString(folder.resolve("users"), "# ours\npump:" + hash + " " + clauses);
  }

  private static Mqtt5ConnAckReasonCode refusal(
      EmbeddedBroker broker, @Nullable String user, @Nullable String password) {
    var connect = com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect.builder();
    if (user != null && password != null) {
      connect.simpleAuth().username(user).password(password.getBytes(UTF_8)).applySimpleAuth();
    }
    var failure =
        assertThrows(
            Mqtt5ConnAckException.class, () -> mqtt5(broker, "stranger").connect(connect.build()));
    return assertInstanceOf(Mqtt5ConnAckException.class, failure).getMqttMessage().getReasonCode();
  }

  private static Mqtt5BlockingClient mqtt5(EmbeddedBroker broker, String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }

  private static Mqtt3BlockingClient mqtt3(EmbeddedBroker broker) {
    return MqttClient.builder()
        .useMqttVersion3()
        .identifier("three")
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }
}
