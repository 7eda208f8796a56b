package io.edgeflow.process.link;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Paho client from its connection to its end. Its fields belong to the link's thread. What
 * waits here for a packet identifier is bounded by whoever publishes.
 */
final class PahoAttempt implements MqttConnection {
  private static final Logger LOG = LoggerFactory.getLogger(PahoAttempt.class);

  private static final long RETRY_MILLIS = 50;
  private static final long GOODBYE_MILLIS = 1000;

  /** The first reason code that is a refusal. */
  private static final int REFUSAL = 0x80;

  private static final int GREATEST_CODE = 0xFF;

  private record Outgoing(String topic, MqttMessage message, Consumer<String> settled) {}

  private final MqttAsyncClient client;
  private final List<Subscription> subscriptions;
  private final ScheduledExecutorService executor;
  private final MqttListener listener;
  private final Queue<Outgoing> queue = new ArrayDeque<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final long madeNanos = System.nanoTime();
  private int window;
  private int inFlight;
  private boolean opened;
  private boolean closing;
  private boolean ended;

  PahoAttempt(
      MqttAsyncClient client,
      List<Subscription> subscriptions,
      int window,
      ScheduledExecutorService executor,
      MqttListener listener) {
    this.client = client;
    this.subscriptions = List.copyOf(subscriptions);
    this.window = window;
    this.executor = executor;
    this.listener = listener;
  }

  void connect(MqttConnectionOptions options) {
    client.setCallback(new PahoEvents(listener::message, reason -> onOwner(() -> end(reason))));
    PahoOutcome outcome =
        new PahoOutcome(
            token -> onOwner(() -> subscribe(token)),
            error -> onOwner(() -> end(Reasons.of(error))));
    try {
      client.connect(options, null, outcome);
    } catch (MqttException e) {
      onOwner(() -> end(Reasons.of(e)));
    }
  }

  @Override
  public void publish(String topic, byte[] payload, boolean retained, Consumer<String> settled) {
    MqttMessage message = new MqttMessage(payload, 1, retained, new MqttProperties());
    onOwner(
        () -> {
          queue.add(new Outgoing(topic, message, settled));
          flush();
        });
  }

  @Override
  public void close() {
    onOwner(
        () -> {
          if (!ended && !closing) {
            closing = true;
            later(() -> end("closed"), GOODBYE_MILLIS);
            endIfDone();
          }
        });
  }

  /** Not in Paho's callback: subscribing there can deadlock. */
  private void subscribe(IMqttToken connected) {
    MqttProperties properties = connected.getResponseProperties();
    Integer allowed = properties == null ? null : properties.getReceiveMaximum();
    if (allowed != null) {
      window = Math.min(window, allowed);
    }
    try {
      client.subscribe(
          subscriptions.stream().map(PahoAttempt::paho).toArray(MqttSubscription[]::new),
          null,
          new PahoOutcome(
              token -> onOwner(() -> subscribed(token)),
              error -> onOwner(() -> end("not subscribed: " + Reasons.of(error)))),
          new MqttProperties());
    } catch (MqttException e) {
      end(Reasons.of(e));
    }
  }

  private static MqttSubscription paho(Subscription subscription) {
    MqttSubscription asked = new MqttSubscription(subscription.filter(), 1);
    asked.setNoLocal(subscription.noLocal());
    return asked;
  }

  private void subscribed(IMqttToken token) {
    OptionalInt refusal = refusal(token);
    if (refusal.isPresent()) {
      end("the broker refused the subscription, code " + refusal.getAsInt());
    } else if (!ended) {
      opened = true;
      listener.opened();
      flush();
    }
  }

  private void flush() {
    while (opened && !ended && inFlight < window && !queue.isEmpty()) {
      Outgoing next = queue.element();
      try {
        inFlight++;
        client.publish(
            next.topic(),
            next.message(),
            null,
            new PahoOutcome(
                token -> onOwner(() -> answered(next, refusal(token))),
                error -> onOwner(() -> failed(next, error))));
        queue.remove();
      } catch (MqttException e) {
        inFlight--;
        if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
          end(Reasons.of(e));
          return;
        }
        // Paho counts otherwise than we do now and then; what is under way makes room.
        later(this::flush, RETRY_MILLIS);
        return;
      }
    }
    endIfDone();
  }

  private void answered(Outgoing message, OptionalInt refusal) {
    inFlight--;
    if (!ended) {
      message
          .settled()
          .accept(refusal.isPresent() ? "the broker refused it, code " + refusal.getAsInt() : "");
    }
    flush();
  }

  /** Either the broker refused it, or the connection is about to end. */
  private void failed(Outgoing message, @Nullable Throwable error) {
    if (error instanceof MqttException mqtt
        && mqtt.getReasonCode() >= REFUSAL
        && mqtt.getReasonCode() <= GREATEST_CODE) {
      answered(message, OptionalInt.of(mqtt.getReasonCode()));
    } else {
      inFlight--;
      flush();
    }
  }

  private static OptionalInt refusal(IMqttToken token) {
    int[] codes = token.getReasonCodes();
    return codes == null
        ? OptionalInt.empty()
        : Arrays.stream(codes).filter(code -> code >= REFUSAL).findFirst();
  }

  private void endIfDone() {
    if (closing && (!opened || (queue.isEmpty() && inFlight == 0))) {
      end("closed");
    }
  }

  private void end(String reason) {
    if (ended) {
      return;
    }
    ended = true;
    queue.clear();
    // A client that is closed while it starts its threads loses one; see PatientSockets.
    long early = PatientSockets.PATIENCE_NANOS - (System.nanoTime() - madeNanos);
    if (opened || early <= 0) {
      release();
    } else {
      later(this::release, TimeUnit.NANOSECONDS.toMillis(early) + 1);
    }
    listener.closed(reason);
  }

  /** Done when the attempt is over and its threads are free. */
  CompletableFuture<Void> done() {
    return done;
  }

  /** Frees the threads of the client, whatever state it is in. */
  private void release() {
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, GOODBYE_MILLIS, true);
      }
    } catch (MqttException e) {
      LOG.debug("the client did not disconnect, error={}", Reasons.of(e));
    }
    try {
      client.close(true);
    } catch (MqttException e) {
      LOG.debug("the client did not close, error={}", Reasons.of(e));
    }
    done.complete(null);
  }

  private void onOwner(Runnable work) {
    try {
      executor.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("an event came after the link was closed");
    }
  }

  private void later(Runnable work, long millis) {
    try {
      var _ = executor.schedule(work, millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("the link was closed meanwhile");
    }
  }
}
