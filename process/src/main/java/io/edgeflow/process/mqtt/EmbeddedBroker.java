package io.edgeflow.process.mqtt;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running MQTT broker: one TCP listener, perhaps one for WebSockets, MQTT 3.1.1 and 5, sessions
 * and retained messages in memory only.
 *
 * <p>Started means: all listeners are bound, and the extension was in place before that (A7). A
 * listener beyond loopback without users is refused. Starting takes about a second and stopping up
 * to three; both block, so call them from neither an event loop nor the extension.
 */
public final class EmbeddedBroker implements AutoCloseable {
  /** Between our letting a free port go and HiveMQ's taking it, any connection may get it. */
  private static final int FREE_PORTS = 5;

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;

  /**
   * HiveMQ injects a starting broker's services into static fields; two brokers that start at once
   * would get each other's.
   */
  private static final ReentrantLock STARTING = new ReentrantLock();

  private final EmbeddedHiveMQ hiveMq;
  private final BrokerDirectory directory;
  private final UserAuthenticator authenticator;
  private final String host;
  private final int port;
  private final OptionalInt webSocketPort;
  private boolean closed;

  private EmbeddedBroker(
      EmbeddedHiveMQ hiveMq,
      BrokerDirectory directory,
      UserAuthenticator authenticator,
      String host,
      int port,
      OptionalInt webSocketPort) {
    this.hiveMq = hiveMq;
    this.directory = directory;
    this.authenticator = authenticator;
    this.host = host;
    this.port = port;
    this.webSocketPort = webSocketPort;
  }

  /**
   * Starts a broker and its extension.
   *
   * @throws BrokerStartException if the port is taken, the user file is faulty, a listener beyond
   *     loopback has no users, or the extension failed; then nothing stays behind
   */
  public static EmbeddedBroker start(BrokerSettings settings, BrokerExtension extension)
      throws BrokerStartException {
    Users users = users(settings);
    STARTING.lock();
    try {
      for (int ports = takesAFreePort(settings) ? FREE_PORTS : 1; ; ports--) {
        try (ListenAddress address =
            ListenAddress.hold(settings.host(), settings.port(), "mqtt.port")) {
          return start(settings, extension, users, address);
        } catch (LostPortException lost) {
          if (ports == 1) {
            throw lost;
          }
          LOG.info("Somebody else took the free port in the meantime: another one is tried");
        }
      }
    } finally {
      STARTING.unlock();
    }
  }

  private static boolean takesAFreePort(BrokerSettings settings) {
    Integer webSocket = settings.webSocketPort();
    return settings.port() == 0 || (webSocket != null && webSocket == 0);
  }

  private static EmbeddedBroker start(
      BrokerSettings settings, BrokerExtension extension, Users users, ListenAddress address)
      throws BrokerStartException {
    Integer webSocket = settings.webSocketPort();
    if (webSocket == null) {
      return start(settings, extension, users, address, null);
    }
    try (ListenAddress second =
        ListenAddress.hold(settings.host(), webSocket, "mqtt.webSocket.port")) {
      return start(settings, extension, users, address, second);
    }
  }

  /** HiveMQ did not bind what was held for it until a moment before. */
  private static final class LostPortException extends BrokerStartException {
    private static final long serialVersionUID = 1;

    LostPortException(String message) {
      super(message);
    }

    LostPortException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static Users users(BrokerSettings settings) throws BrokerStartException {
    if (settings.users() != null) {
      return Users.read(settings.users());
    }
    if (!ListenAddress.isLoopback(settings.host())) {
      throw new BrokerStartException(
          "an MQTT listener on "
              + settings.host()
              + " would let in everyone who can reach this machine:"
              + " name a user file (mqtt.users) or listen on 127.0.0.1 (mqtt.host)");
    }
    return Users.NONE;
  }

  private static EmbeddedBroker start(
      BrokerSettings settings,
      BrokerExtension extension,
      Users users,
      ListenAddress address,
      @Nullable ListenAddress webSocket)
      throws BrokerStartException {
    String host = address.host();
    int port = address.port();
    Integer webSocketPort = webSocket == null ? null : webSocket.port();
    BrokerDirectory directory;
    try {
      directory = BrokerDirectory.create(settings, host, port, webSocketPort);
    } catch (IOException e) {
      throw new BrokerStartException("the broker's working folder cannot be made: " + e, e);
    }
    var authenticator = new UserAuthenticator(users);
    List<ListenAddress> held = webSocket == null ? List.of(address) : List.of(address, webSocket);
    var guarded = new GuardedExtension(users, authenticator, extension, held);
    HiveMqTuning.quietLog();
    EmbeddedHiveMQ hiveMq =
        EmbeddedHiveMQ.builder()
            .withConfigurationFolder(directory.config())
            .withDataFolder(directory.data())
            .withExtensionsFolder(directory.extensions())
            .withEmbeddedExtension(
                EmbeddedExtension.builder()
                    .withId("edgeflow")
                    .withName("EdgeFlow")
                    .withVersion("1")
                    .withExtensionMain(guarded)
                    .build())
            .withoutLoggingBootstrap()
            .build();
    HiveMqTuning.apply();
    OptionalInt second =
        webSocketPort == null ? OptionalInt.empty() : OptionalInt.of(webSocketPort);
    var broker = new EmbeddedBroker(hiveMq, directory, authenticator, host, port, second);
    try (ListenerFaults faults = ListenerFaults.listen()) {
      hiveMq.start().get(START_SECONDS, TimeUnit.SECONDS);
      guarded.inPlace().get(0, TimeUnit.SECONDS);
      Optional<String> fault = faults.first();
      if (fault.isPresent()) {
        broker.close();
        throw new LostPortException("the MQTT broker did not start: " + fault.get());
      }
    } catch (InterruptedException e) {
      broker.close();
      Thread.currentThread().interrupt();
      throw new BrokerStartException("starting the MQTT broker was interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      broker.close();
      throw failure(guarded, e);
    }
    LOG.info("MQTT listener ready, host={} port={}", host, port);
    if (webSocketPort != null) {
      LOG.info("MQTT over WebSocket ready, host={} port={}", host, webSocketPort);
    }
    return broker;
  }

  private static BrokerStartException failure(GuardedExtension guarded, Exception fromHiveMq) {
    if (guarded.inPlace().isCompletedExceptionally()) {
      Throwable cause = guarded.inPlace().exceptionNow();
      return new BrokerStartException(
          "the MQTT broker's extension did not start: " + cause.getMessage(), cause);
    }
    String message = "the MQTT broker did not start: " + fromHiveMq;
    return guarded.inPlace().isDone() && fromHiveMq instanceof ExecutionException
        ? new LostPortException(message, fromHiveMq)
        : new BrokerStartException(message, fromHiveMq);
  }

  /** The address that is listened on. */
  public String host() {
    return host;
  }

  /** The port that is listened on, never 0. */
  public int port() {
    return port;
  }

  /** The port where WebSockets are listened for, never 0; empty if they are not. */
  public OptionalInt webSocketPort() {
    return webSocketPort;
  }

  /** Disconnects everyone and gives the port and the working files back; twice is fine. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Thread stopping = Thread.ofPlatform().name("mqtt-stop").start(this::stop);
    try {
      if (!stopping.join(java.time.Duration.ofSeconds(STOP_SECONDS))) {
        LOG.warn("the MQTT broker did not stop within {} s", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    authenticator.close();
  }

  private void stop() {
    try {
      hiveMq.close();
      directory.close();
    } catch (ExecutionException | IOException e) {
      LOG.warn("the MQTT broker did not stop cleanly, error={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
