package io.edgeflow.gateway.bundles;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, at the pace of whoever reads it: the next bytes are asked for when these
 * were taken, so that no more than a few buffers are ever held. One thread reads; the client's
 * threads deliver.
 */
final class Body implements BodySubscriber<Body>, AutoCloseable {
  /** Less than this in the time allowed is too slow to be worth a connection. */
  static final int LEAST_BYTES = 16 * 1024;

  private sealed interface Item {}

  private record Bytes(List<ByteBuffer> buffers) implements Item {}

  /**
   * @param error empty where the body ended as it should
   */
  private record End(String error) implements Item {}

  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final long patienceNanos;
  private final BooleanSupplier stop;
  private final Queue<ByteBuffer> taken = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private volatile boolean closed;
  private long waitedNanos;
  private long sinceBytes;

  /**
   * @param patience how long {@value #LEAST_BYTES} bytes may be waited for; what the reader itself
   *     takes does not count
   */
  Body(Duration patience, BooleanSupplier stop) {
    this.patienceNanos = patience.toNanos();
    this.stop = stop;
  }

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedFuture(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(1);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    items.add(new Bytes(buffers));
  }

  @Override
  public void onError(Throwable error) {
    items.add(new End("the connection broke: " + error.getMessage()));
  }

  @Override
  public void onComplete() {
    items.add(new End(""));
  }

  /**
   * The next bytes, at least one; null at the end of the body.
   *
   * @throws LinkFailure if the connection broke, or gives too little
   */
  @Nullable ByteBuffer next() throws LinkFailure, StoppedException {
    while (true) {
      for (ByteBuffer buffer = taken.poll(); buffer != null; buffer = taken.poll()) {
        if (buffer.hasRemaining()) {
          came(buffer.remaining());
          return buffer;
        }
      }
      switch (item()) {
        case Bytes(List<ByteBuffer> buffers) -> {
          taken.addAll(buffers);
          Flow.Subscription known = subscription;
          if (known != null) {
            known.request(1);
          }
        }
        case End(String error) -> {
          items.add(new End(error)); // It stays at its end.
          if (!error.isEmpty()) {
            throw new LinkFailure(error);
          }
          return null;
        }
      }
    }
  }

  private void came(int bytes) {
    sinceBytes += bytes;
    if (sinceBytes >= LEAST_BYTES) {
      sinceBytes = 0;
      waitedNanos = 0;
    }
  }

  private Item item() throws LinkFailure, StoppedException {
    try {
      while (waitedNanos < patienceNanos) {
        Waiting.check(stop);
        long began = System.nanoTime();
        Item item = items.poll(Waiting.SLICE_NANOS, TimeUnit.NANOSECONDS);
        waitedNanos += System.nanoTime() - began;
        if (item != null) {
          return item;
        }
      }
    } catch (InterruptedException interrupted) {
      throw Waiting.interrupted();
    }
    throw new LinkFailure(
        "too slow: %d bytes in %d ms"
            .formatted(sinceBytes, TimeUnit.NANOSECONDS.toMillis(waitedNanos)));
  }

  /** What is still to come is not wanted: the connection ends. */
  @Override
  public void close() {
    closed = true;
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
  }
}
