package io.edgeflow.gateway.actions;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.alarms.AlarmListener;
import io.edgeflow.gateway.alarms.AlarmRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actions on a thread of their own. Whoever brings readings or alarms never waits: each
 * series and each alarm has one place for its newest news, and news that finds the place taken
 * takes it over and is counted. So what waits is bounded by what was configured, and actions that
 * fall behind act on what is, not on what was.
 */
public final class ActionDesk implements AlarmListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ActionDesk.class);
  private static final long TICK_MILLIS = 20;
  private static final long STOP_MILLIS = 1_000;

  private record News(long timeMicros, double number, @Nullable String text, boolean usable) {}

  /** The newest of something; it is in the queue while it is not null. */
  private final class Place<T> implements Runnable {
    private final AtomicReference<@Nullable T> newest = new AtomicReference<>();
    private final Consumer<T> taker;

    Place(Consumer<T> taker) {
      this.taker = taker;
    }

    void put(T news) {
      if (newest.getAndSet(news) == null) {
        queue.add(this);
      } else {
        overtaken.increment();
      }
    }

    @Override
    public void run() {
      T news = newest.getAndSet(null);
      if (news != null) {
        taker.accept(news);
      }
    }
  }

  private final ActionEngine engine;
  private final Map<String, ActionOutput> outputs;
  private final LongSupplier presentMicros;
  private final LongSupplier nanos;
  private final Map<String, Place<News>> series = new HashMap<>();
  private final Map<AlarmKey, Place<AlarmRecord>> alarms = new HashMap<>();

  /** At most one entry for each place, one result for each action, and one beginning. */
  private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();

  private final LongAdder overtaken = new LongAdder();
  private final Thread thread = Thread.ofPlatform().name("actions").daemon().unstarted(this::run);

  /**
   * @param outputs by the name of the action
   * @param presentMicros the believed time; any thread
   * @param nanos monotonic time
   */
  public ActionDesk(
      List<ActionRule> rules,
      Map<String, ActionOutput> outputs,
      ActionLog events,
      LongSupplier presentMicros,
      LongSupplier nanos) {
    this.outputs = Map.copyOf(outputs);
    this.presentMicros = presentMicros;
    this.nanos = nanos;
    this.engine = new ActionEngine(rules, this::command, events, nanos.getAsLong());
    for (String name : engine.series()) {
      series.put(name, new Place<>(news -> reading(name, news)));
    }
    for (AlarmKey key : engine.alarms()) {
      alarms.put(key, new Place<>(this::alarm));
    }
  }

  /** The series that it wants to hear of. */
  public Set<String> series() {
    return engine.series();
  }

  public void start() {
    thread.start();
  }

  /** News that was overtaken by newer news before it was looked at. */
  public long overtaken() {
    return overtaken.sum();
  }

  /** The latest reading of a series from before anybody listened. Any thread. */
  public void latest(
      String name, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (series.containsKey(name) && quality.carriesValue()) {
      queue.add(
          () -> {
            long age = Math.max(0, presentMicros.getAsLong() - timeMicros);
            engine.seed(name, timeMicros, number, text, age * 1000, nanos.getAsLong());
          });
    }
  }

  /** An accepted reading. Any thread; never waits. */
  public void accepted(
      String name, long timeMicros, double number, @Nullable String text, Quality quality) {
    Place<News> place = series.get(name);
    if (place != null) {
      place.put(new News(timeMicros, number, text, quality.carriesValue()));
    }
  }

  @Override
  public void begins(List<AlarmRecord> notNormal) {
    queue.add(() -> engine.begin(notNormal, presentMicros.getAsLong(), nanos.getAsLong()));
  }

  @Override
  public void turned(AlarmRecord alarm) {
    Place<AlarmRecord> place = alarms.get(new AlarmKey(alarm.rule(), alarm.series()));
    if (place != null) {
      place.put(alarm);
    }
  }

  private void reading(String name, News news) {
    engine.reading(
        name,
        news.timeMicros(),
        news.number(),
        news.text(),
        news.usable(),
        presentMicros.getAsLong(),
        nanos.getAsLong());
  }

  private void alarm(AlarmRecord alarm) {
    engine.alarm(alarm, presentMicros.getAsLong(), nanos.getAsLong());
  }

  private void command(ActionCommand command) {
    ActionOutput output = outputs.get(command.action());
    if (output == null) {
      throw new IllegalStateException("the action " + command.action() + " has no output");
    }
    output.write(
        command.on(),
        result ->
            queue.add(
                () ->
                    engine.finished(
                        command.action(), result, presentMicros.getAsLong(), nanos.getAsLong())));
  }

  private void run() {
    long nextTick = nanos.getAsLong();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Runnable work = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
        if (work != null) {
          guarded(work);
        }
        if (work == null || nanos.getAsLong() - nextTick >= 0) {
          guarded(() -> engine.tick(presentMicros.getAsLong(), nanos.getAsLong()));
          nextTick = nanos.getAsLong() + TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** A fault of ours in one action must not end all of them. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException fault) {
      log.error("an action failed", fault);
    }
  }

  /** Ends the thread; outputs stay as they are. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(STOP_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
