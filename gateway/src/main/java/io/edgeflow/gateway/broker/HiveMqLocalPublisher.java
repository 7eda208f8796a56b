package io.edgeflow.gateway.broker;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
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
    if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
      underWay.decrementAndGet();
      dropped.increment();
      return;
    }
    try {
      var _ = send(topic, payload).whenComplete((done, failure) -> underWay.decrementAndGet());
    } catch (RuntimeException stopped) {
      // HiveMQ is on its way down; a listener's copy is not worth the poll it was made in.
      underWay.decrementAndGet();
      dropped.increment();
    }
  }

  private CompletableFuture<Void> send(String topic, byte[] payload) {
    return service.publish(
        Builders.publish()
            .topic(topic)
            .qos(Qos.AT_MOST_ONCE)
            .payload(ByteBuffer.wrap(payload))
            .build());
  }

  @Override
  public long dropped() {
    return dropped.sum();
  }
}
