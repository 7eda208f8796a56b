package io.edgeflow.inference.node;

import io.edgeflow.inference.node.config.LinkConfig;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.link.MqttConnection;
import io.edgeflow.process.link.MqttLink;
import io.edgeflow.process.link.MqttLinkSettings;
import io.edgeflow.process.link.MqttListener;
import io.edgeflow.process.link.Subscription;
import io.edgeflow.process.settings.Secret;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the gateway's broker, for as long as the process runs: connects, waits after a failure
 * for a random part of a bound that doubles up to a cap, connects again. A thread of its own owns
 * it; messages come on the client's thread.
 */
final class NodeLink {
  private static final Logger log = LoggerFactory.getLogger(NodeLink.class);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** Scores are small. */
  private static final int WINDOW = 500;

  private static final long GOODBYE_SECONDS = 2;

  private final MqttLink link;
  private final Backoff backoff;
  private final String statusTopic;
  private final byte[] will;
  private final List<Subscription> subscriptions;
  private final Use use;
  private final SplittableRandom random = new SplittableRandom();
  private final ScheduledExecutorService owner =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("gateway-link").daemon().factory());
  private volatile State state = new State(false, "", System.nanoTime());
  private int failures;
  private boolean closing;
  private @Nullable MqttConnection connection;

  /**
   * How far the way is open.
   *
   * @param lastError why the last connection ended; empty if none did
   * @param sinceNanos {@link System#nanoTime}
   */
  record State(boolean connected, String lastError, long sinceNanos) {}

  /** Who uses the connection. On the link's thread, but for messages; must not block. */
  interface Use {
    void opened(MqttConnection connection);

    void message(String topic, byte[] payload);

    void lost();

    /** The last words before a connection is closed on purpose. */
    void goodbye(MqttConnection connection);
  }

  /**
   * @param statusTopic where the will goes
   */
  NodeLink(
      LinkConfig config,
      String node,
      String statusTopic,
      byte[] will,
      List<Subscription> subscriptions,
      Use use) {
    this.link =
        new MqttLink(
            new MqttLinkSettings(
                config.url().toString(),
                "edgeflow-node-" + node,
                config.user().orElse(null),
                config.password().map(Secret::reveal).orElse(null),
                CONNECT_TIMEOUT,
                config.keepAlive(),
                WINDOW),
            "gateway-mqtt");
    this.backoff = Backoff.reconnect(config.reconnect());
    this.statusTopic = statusTopic;
    this.will = will;
    this.subscriptions = List.copyOf(subscriptions);
    this.use = use;
  }

  void start() {
    owner.execute(this::connect);
  }

  State state() {
    return state;
  }

  /** On the link's thread, again and again, with the connection while there is one. */
  void every(Duration period, Consumer<MqttConnection> work) {
    var _ =
        owner.scheduleWithFixedDelay(
            () -> {
              MqttConnection now = connection;
              if (now != null && state.connected()) {
                work.accept(now);
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void connect() {
    if (!closing) {
      connection = link.open(statusTopic, will, subscriptions, new Attempt());
    }
  }

  /** After its end it hands on no message, so that {@link Use#lost} comes behind the last one. */
  private final class Attempt implements MqttListener {
    private boolean over;

    @Override
    public void opened() {
      onOwner(NodeLink.this::opened);
    }

    @Override
    public synchronized void message(String topic, byte[] payload) {
      if (!over) {
        use.message(topic, payload);
      }
    }

    @Override
    public synchronized void closed(String reason) {
      over = true;
      onOwner(() -> NodeLink.this.closed(reason));
    }
  }

  private void opened() {
    MqttConnection now = connection;
    if (now != null && !closing) {
      failures = 0;
      state = new State(true, state.lastError(), System.nanoTime());
      log.info("connected to the gateway");
      use.opened(now);
    }
  }

  private void closed(String reason) {
    if (state.connected() || failures == 0) {
      log.warn("not connected to the gateway: {}", reason);
    }
    connection = null;
    state = new State(false, reason, System.nanoTime());
    use.lost();
    failures++;
    if (!closing) {
      var _ =
          owner.schedule(this::connect, backoff.delayNanos(failures, random), TimeUnit.NANOSECONDS);
    }
  }

  private void onOwner(Runnable work) {
    try {
      owner.execute(work);
    } catch (RejectedExecutionException closed) {
      log.debug("an event came after the link was closed");
    }
  }

  /** Says goodbye after what was published before. */
  void close() throws InterruptedException {
    try {
      owner.submit(this::end).get(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("the link did not end cleanly", e);
    }
    link.close();
    owner.shutdownNow();
  }

  private void end() {
    closing = true;
    MqttConnection now = connection;
    if (now != null && state.connected()) {
      use.goodbye(now);
    }
  }
}
