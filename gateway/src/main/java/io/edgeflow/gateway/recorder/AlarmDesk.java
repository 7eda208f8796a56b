package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.alarms.AlarmEngine;
import io.edgeflow.gateway.alarms.AlarmListener;
import io.edgeflow.gateway.alarms.AlarmOutcome;
import io.edgeflow.gateway.alarms.AlarmPanel;
import io.edgeflow.gateway.alarms.AlarmRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The alarms of a recorder. What people say is done when it is synced; the futures complete on the
 * syncing thread then. Any thread.
 */
public final class AlarmDesk implements AlarmPanel {
  private final Mailbox mailbox;
  private final AlarmKeeper keeper;
  private final Timekeeper time;

  AlarmDesk(Mailbox mailbox, AlarmKeeper keeper, Timekeeper time) {
    this.mailbox = mailbox;
    this.keeper = keeper;
    this.time = time;
  }

  @Override
  public CompletableFuture<List<AlarmRecord>> list(boolean normalToo) {
    return mailbox.call(() -> keeper.engine().list(normalToo));
  }

  /** One listener, for the life of the recorder. */
  public void listen(AlarmListener listener) {
    mailbox.post(() -> keeper.listen(listener));
  }

  @Override
  public CompletableFuture<AlarmOutcome> acknowledge(String id, String who, String why) {
    return tell(engine -> engine.acknowledge(id, who, why, time.presentMicros()));
  }

  @Override
  public CompletableFuture<AlarmOutcome> shelve(
      String id, String who, String why, Duration length) {
    long micros = TimeUnit.NANOSECONDS.toMicros(length.toNanos());
    return tell(engine -> engine.shelve(id, who, why, micros, time.presentMicros(), time.nanos()));
  }

  @Override
  public CompletableFuture<AlarmOutcome> unshelve(String id, String who, String why) {
    return tell(engine -> engine.unshelve(id, who, why, time.presentMicros()));
  }

  private CompletableFuture<AlarmOutcome> tell(Function<AlarmEngine, AlarmOutcome> word) {
    CompletableFuture<AlarmOutcome> synced = new CompletableFuture<>();
    mailbox.post(
        () -> {
          time.look();
          AlarmOutcome outcome = word.apply(keeper.engine());
          if (!keeper.write((number, position) -> synced.complete(outcome))) {
            synced.complete(outcome);
          }
        });
    return synced;
  }
}
