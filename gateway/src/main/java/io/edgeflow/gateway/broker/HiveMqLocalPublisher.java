package io.edgeflow.gateway.broker;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** HiveMQ's publish service, which passes no gate and no interceptor. */
final class HiveMqLocalPublisher implements LocalPublisher {
  private static final int MOST_UNDER_WAY = 1_000;

  private final PublishService service;
  private final AtomicInteger underWay = new AtomicInteger();
  private final LongAdder dropped = new LongAdder();

  HiveMqLocalPublisher(PublishService service) {
    this.service = service;
  }

  @Override
  public void publish(String topic, byte[] payload) {
    // A listener's copy is not worth the poll it was made in.
    var _ =
        send(topic, payload, Qos.AT_MOST_ONCE, false)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    dropped.increment();
                  }
                });
  }

  @Override
  public CompletableFuture<Void> send(String topic, byte[] payload, boolean retained) {
    return send(topic, payload, Qos.AT_LEAST_ONCE, retained);
  }

  private CompletableFuture<Void> send(String topic, byte[] payload, Qos qos, boolean retained) {
    if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
      underWay.decrementAndGet();
      return CompletableFuture.failedFuture(
          new RejectedExecutionException("too many messages are under way"));
    }
    try {
      return service
          .publish(
              Builders.publish()
                  .topic(topic)
                  .qos(qos)
                  .retain(retained)
                  .payload(ByteBuffer.wrap(payload))
                  .build())
          .whenComplete((done, failure) -> underWay.decrementAndGet());
    } catch (RuntimeException stopped) {
      // HiveMQ is on its way down.
      underWay.decrementAndGet();
      return CompletableFuture.failedFuture(stopped);
    }
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }
}
