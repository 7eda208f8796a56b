package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The link over Paho's MQTT 5 client, used as a bare socket: nothing on disk, no reconnecting of
 * its own, a new client for every attempt. A thread of ours owns what we keep about an attempt, so
 * that no callback of Paho ever waits.
 */
public final class PahoLink implements Link {
  /** What the broker may send us at once. */
  private static final int RECEIVE_MAXIMUM = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(PahoLink.class);
  private static final long CLOSE_SECONDS = 3;

  private final LinkSettings settings;
  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable PahoAttempt last;

  public PahoLink(LinkSettings settings) {
    this.settings = settings;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "uplink-link");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Attempt open(byte[] will, Listener listener) {
    PahoAttempt attempt;
    try {
      String clientId = settings.edge() + "-" + settings.incarnation();
      MqttAsyncClient client =
          new MqttAsyncClient(settings.url(), clientId, new MemoryPersistence());
      attempt = new PahoAttempt(client, Topics.ack(settings.edge()), executor, listener);
    } catch (MqttException | IllegalArgumentException e) {
      executor.execute(() -> listener.closed(Reasons.of(e)));
      return Nothing.INSTANCE;
    }
    last = attempt;
    attempt.connect(options(will));
    return attempt;
  }

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

  private MqttConnectionOptions options(byte[] will) {
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
    options.setWill(Topics.presence(settings.edge()), message);
    if (settings.user() != null) {
      options.setUserName(settings.user());
    }
    if (settings.password() != null) {
      options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
    }
    return options;
  }

  /** An attempt that failed before it began. */
  private enum Nothing implements Attempt {
    INSTANCE;

    @Override
    public void publish(String topic, byte[] payload, boolean retained) {}

    @Override
    public void close() {}
  }
}
