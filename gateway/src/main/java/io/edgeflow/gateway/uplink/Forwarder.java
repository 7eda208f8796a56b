package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FrameLost;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the frames of an outbox over a link until the cloud has judged each of them (L2 to L4), for
 * as long as the process runs, whatever becomes of the link.
 *
 * <p>A thread of its own owns the plan and does what it says; events of others are handed to it.
 * {@link #status} is safe from any thread.
 *
 * <p>Memory stays flat however much waits and however long the link is down: of each lane at most
 * 1024 live frames, 1024 others and 2048 that were put off are known here, as places of some 200
 * bytes each, and none that is ready while there is no link; the ledger has the rest, and is asked
 * for pages of them. Bytes of frames are read when they are sent, and are in memory until the
 * broker took them: at most the credit, and at most 16 MiB.
 */
public final class Forwarder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

  private final Link link;
  private final Outbox outbox;
  private final UplinkClocks clocks;
  private final CloudTime cloudTime;
  private final Greeter greeter;
  private final SendPlan plan;
  private final UplinkThread thread;
  private final CompletableFuture<Void> delivered = new CompletableFuture<>();
  private boolean finishing;
  private byte @Nullable [] report;
  private volatile UplinkStatus status;
  private volatile Connection connection = new Connection(0, null);

  /** The attempt that the plan speaks of; its handle is absent before the first one. */
  private record Connection(long attempt, Link.@Nullable Attempt handle) {}

  public Forwarder(
      EdgeProfile profile,
      UplinkSettings settings,
      Link link,
      Outbox outbox,
      UplinkClocks clocks,
      RandomGenerator random,
      CloudTime cloudTime) {
    this(profile, settings, link, outbox, clocks, random, cloudTime, UplinkThread::new);
  }

  /**
   * For many uplinks in one process.
   *
   * @param shared does one thing at a time, in order; the caller ends it after the last uplink
   */
  public Forwarder(
      EdgeProfile profile,
      UplinkSettings settings,
      Link link,
      Outbox outbox,
      UplinkClocks clocks,
      RandomGenerator random,
      CloudTime cloudTime,
      ScheduledExecutorService shared) {
    this(
        profile,
        settings,
        link,
        outbox,
        clocks,
        random,
        cloudTime,
        tick -> UplinkThread.on(shared, tick));
  }

  private Forwarder(
      EdgeProfile profile,
      UplinkSettings settings,
      Link link,
      Outbox outbox,
      UplinkClocks clocks,
      RandomGenerator random,
      CloudTime cloudTime,
      Function<Runnable, UplinkThread> threads) {
    this.link = link;
    this.outbox = outbox;
    this.clocks = clocks;
    this.cloudTime = cloudTime;
    this.greeter = new Greeter(profile);
    this.plan = new SendPlan(settings, random, now());
    this.status = plan.status();
    this.thread = threads.apply(() -> handle(p -> p.tick(now())));
  }

  /** Begins to connect. */
  public void start() {
    outbox.subscribe(new Postman());
    post(p -> p.tick(now()));
  }

  public UplinkStatus status() {
    return status;
  }

  /**
   * Says what the edge runs, now if there is a connection, and at the begin of every later one.
   *
   * @param document not to be changed any more
   */
  public void report(byte[] document) {
    thread.execute(
        () -> {
          report = document;
          Link.Attempt handle = connection.handle();
          if (handle != null && isConnected()) {
            greeter.reported(handle, document);
          }
        });
  }

  /**
   * Sends on until nothing is pending, but only while the link works and for no longer than this;
   * then says goodbye and ends.
   */
  public void stop(Duration atMost) {
    thread.execute(
        () -> {
          finishing = true;
          handle(p -> p.hurry(now()));
        });
    try {
      delivered.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.info("stopped before every frame was judged, held={}", status.heldFrames());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  @Override
  public void close() {
    thread.execute(
        () -> {
          Link.Attempt handle = connection.handle();
          if (handle != null && isConnected()) {
            greeter.goodbye(handle, connection.attempt(), clocks.micros().getAsLong());
          }
          handle(p -> p.stop(now()));
        });
    thread.close();
    link.close();
  }

  private void post(Function<SendPlan, List<Action>> event) {
    thread.execute(() -> handle(event));
  }

  /** On the owner's thread only. */
  private void handle(Function<SendPlan, List<Action>> event) {
    UplinkState before = status.state();
    perform(event.apply(plan));
    status = plan.status();
    if (status.state() != before) {
      report();
    }
    thread.wakeAfter(plan.waitNanos(now()));
    completeIfDelivered();
  }

  private void perform(List<Action> actions) {
    for (Action action : actions) {
      switch (action) {
        case Action.Connect connect -> connect(connect.attempt());
        case Action.Disconnect ignored -> disconnect();
        case Action.Greet greet -> greet(greet);
        case Action.Offer offer -> offer(offer.frame());
        case Action.Page page -> page(page);
        case Action.Send send -> send(send.frame());
        case Action.Settle settle -> watch(outbox.settle(settle.acknowledgement()), "settle");
        case Action.Reconcile reconcile -> {
          cloudTime.heard(reconcile.full().cloudMicros(), now());
          watch(outbox.reconcile(reconcile.full()), "reconcile");
        }
      }
    }
  }

  private void connect(long attempt) {
    byte[] will = greeter.will(attempt, clocks.micros().getAsLong());
    connection = new Connection(attempt, link.open(will, new Ear(attempt)));
  }

  private void disconnect() {
    Link.Attempt handle = connection.handle();
    if (handle != null) {
      handle.close();
    }
  }

  private void greet(Action.Greet greet) {
    var _ =
        outbox
            .account()
            .whenComplete(
                (held, error) -> {
                  if (error != null) {
                    // The plan greets again when no answer came in time.
                    LOG.warn(
                        "the account for hello could not be drawn up, error={}", error.toString());
                    return;
                  }
                  thread.execute(
                      () -> {
                        Link.Attempt handle = connection.handle();
                        if (handle == null || connection.attempt() != greet.attempt()) {
                          return;
                        }
                        int pages = greeter.hello(handle, greet.attempt(), held);
                        handle(p -> p.greeted(greet.greeting(), pages, now()));
                      });
                });
  }

  private void offer(FrameId frame) {
    var _ =
        outbox
            .offer(frame)
            .whenComplete(
                (done, error) ->
                    post(
                        p ->
                            error == null ? p.offered(frame, now()) : p.offerFailed(frame, now())));
  }

  private void page(Action.Page page) {
    outbox.page(
        page.request(),
        found -> post(p -> p.page(page.request().lane(), page.generation(), found, now())));
  }

  private void send(OutgoingFrame frame) {
    Link.Attempt handle = connection.handle();
    if (handle == null) {
      return;
    }
    try {
      greeter.frame(handle, frame.id().lane(), outbox.read(frame));
    } catch (FrameLost e) {
      LOG.error("a frame is not where it was, frame={}, error={}", frame.id(), e.toString());
      watch(outbox.lost(frame), "hear of the lost frame");
      post(p -> p.lost(frame.id(), now()));
    } catch (IOException e) {
      LOG.warn("a frame could not be read, frame={}, error={}", frame.id(), e.toString());
      post(p -> p.unreadable(frame.id(), now()));
    }
  }

  private static void watch(CompletableFuture<Void> work, String name) {
    var _ =
        work.whenComplete(
            (done, error) -> {
              if (error != null) {
                // The cloud says it again with the next hello answer.
                LOG.warn("the outbox did not {}, error={}", name, error.toString());
              }
            });
  }

  private void report() {
    UplinkStatus now = status;
    switch (now.state()) {
      case SENDING -> LOG.info("uplink works, held={}", now.heldFrames());
      case WAITING ->
          LOG.info("uplink lost, attempt={}, error={}", now.failures(), now.lastError());
      case CONNECTING, GREETING, CLOSED -> LOG.debug("uplink state={}", now.state());
    }
  }

  private void completeIfDelivered() {
    if (finishing && (status.state() != UplinkState.SENDING || status.drained())) {
      delivered.complete(null);
    }
  }

  private boolean isConnected() {
    return status.state() == UplinkState.GREETING || status.state() == UplinkState.SENDING;
  }

  private long now() {
    return clocks.nanos().getAsLong();
  }

  /** Hears the outbox. */
  private final class Postman implements Outbox.Listener {
    @Override
    public void frame(OutgoingFrame frame) {
      post(p -> p.frame(frame, now()));
    }

    @Override
    public void reopened(Lane lane) {
      post(p -> p.reopened(lane, now()));
    }

    @Override
    public void gone(Incarnation incarnation, Lane lane, long from, long to) {
      post(p -> p.gone(incarnation, lane, from, to, now()));
    }
  }

  /** Hears one attempt, and says which one it was. */
  private final class Ear implements Link.Listener {
    private final long attempt;

    Ear(long attempt) {
      this.attempt = attempt;
    }

    @Override
    public void opened() {
      thread.execute(
          () -> {
            Link.Attempt handle = connection.handle();
            if (handle != null && connection.attempt() == attempt) {
              greeter.present(handle, attempt, clocks.micros().getAsLong());
              if (report != null) {
                greeter.reported(handle, report);
              }
              handle(p -> p.opened(attempt, now()));
            }
          });
    }

    @Override
    public void acknowledged(byte[] payload) {
      switch (Acknowledgement.parse(payload)) {
        case Parsed.Ok<Acknowledgement> ok ->
            post(p -> p.acknowledged(attempt, ok.document(), now()));
        case Parsed.Refused<Acknowledgement> refused -> {
          LOG.warn("an acknowledgement is unintelligible, error={}", refused.reason());
          post(p -> p.unintelligible(now()));
        }
      }
    }

    @Override
    public void closed(String reason) {
      post(p -> p.closed(attempt, reason, now()));
    }
  }
}
