package io.edgeflow.process.link;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a broker over Paho's MQTT 5 client, used as a bare socket: nothing on disk, no
 * reconnecting of its own, a new client for every attempt. A thread of ours owns what we keep about
 * an attempt, so that no callback of Paho ever waits.
 */
public final class MqttLink implements AutoCloseable {
  /** What the broker may send us at once. */
  private static final int RECEIVE_MAXIMUM = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
  private static final long CLOSE_SECONDS = 3;

  private final MqttLinkSettings settings;
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable PahoAttempt last;

  /**
   * @param threadName of the thread that owns the attempts
   */
  public MqttLink(MqttLinkSettings settings, String threadName) {
    this.settings = settings;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, threadName);
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  /**
   * Begins to connect and returns at once. What comes of it, the listener hears, from any thread:
   * {@code opened} at most once; {@code closed} exactly once and last.
   *
   * @param will what the broker publishes, retained and at QoS 1, if the connection breaks
   */
  public MqttConnection open(
      String willTopic, byte[] will, List<Subscription> subscriptions, MqttListener listener) {
    PahoAttempt attempt;
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(settings.url(), settings.clientId(), new MemoryPersistence());
      attempt = new PahoAttempt(client, subscriptions, settings.window(), executor, listener);
    } catch (MqttException | IllegalArgumentException e) {
      executor.execute(() -> listener.closed(Reasons.of(e)));
      return Nothing.INSTANCE;
    }
    last = attempt;
    attempt.connect(options(willTopic, will));
    return attempt;
  }

  /** Ends the last attempt and lets go of the threads. */
  @Override
  public void close() {
    PahoAttempt attempt = last;
    if (attempt != null) {
      attempt.close();
      awaitEnd(attempt);
    }
    executor.shutdownNow();
  }

  private static void awaitEnd(PahoAttempt attempt) {
    try {
      attempt.done().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("the connection did not end in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private MqttConnectionOptions options(String willTopic, byte[] will) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setConnectionTimeout(
        Math.toIntExact(Math.max(1, settings.connectTimeout().toSeconds())));
    options.setKeepAliveInterval(Math.toIntExact(settings.keepAlive().toSeconds()));
    options.setHttpsHostnameVerificationEnabled(true);
    if (settings.url().startsWith("tcp:")) {
      options.setSocketFactory(new PatientSockets());
    }
    MqttMessage message = new MqttMessage(will);
    message.setQos(1);
    message.setRetained(true);
    options.setWill(willTopic, message);
    if (settings.user() != null) {
      options.setUserName(settings.user());
    }
    if (settings.password() != null) {
      options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  /** An attempt that failed before it began. */
  private enum Nothing implements MqttConnection {
    INSTANCE;

    @Override
    public void publish(String topic, byte[] payload, boolean retained, Consumer<String> settled) {}

    @Override
    public void close() {}
  }
}
