package io.edgeflow.gateway.commissioning;

import io.edgeflow.gateway.alarms.AlarmBook;
import io.edgeflow.gateway.alarms.AlarmCondition;
import io.edgeflow.gateway.alarms.AlarmEngine;
import io.edgeflow.gateway.alarms.AlarmOutcome;
import io.edgeflow.gateway.alarms.AlarmPanel;
import io.edgeflow.gateway.alarms.AlarmPriority;
import io.edgeflow.gateway.alarms.AlarmReading;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.gateway.alarms.AlarmRule;
import io.edgeflow.process.settings.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The alarms of a gateway that is only its views: the real engine, and nothing that remembers. */
final class SmallPanel implements AlarmPanel {
  private static final long NOW = SmallPlant.NOW_MICROS;

  private final AlarmBook book = new AlarmBook();
  private final AlarmEngine engine;

  /** The words of everything that was told. */
  final List<String> told = new ArrayList<>();

  SmallPanel() {
    List<AlarmRule> rules =
        List.of(
            rule("flow.hh", AlarmCondition.Level.HH, 45, AlarmPriority.HIGH),
            rule("flow.l", AlarmCondition.Level.L, 5, AlarmPriority.LOW),
            new AlarmRule(
                "tripped",
                new Glob("*/mode"),
                new AlarmCondition.State(List.of("trip", "<b>fault</b>"), true),
                0,
                0,
                AlarmPriority.CRITICAL,
                ""));
    engine =
        new AlarmEngine(
            rules,
            book,
            change -> {
              var event = book.apply(change);
              if (event != null) {
                told.add(event.type());
              }
            });
    List<String> series = List.of("pump-1/flow", "pump-2/flow", "press-2/mode");
    for (int id = 0; id < series.size(); id++) {
      engine.define(id, series.get(id), NOW, 0);
    }
  }

  private static AlarmRule rule(
      String name, AlarmCondition.Level level, double at, AlarmPriority priority) {
    return new AlarmRule(
        name, new Glob("*/flow"), new AlarmCondition.Limit(level, at, 0), 0, 0, priority, "");
  }

  /** One that nobody knows of, one that returned, and one that somebody acknowledged. */
  synchronized void trouble() {
    reads(0, 47.25, null, 180);
    reads(1, 3.5, null, 300);
    reads(1, 12, null, 60);
    reads(2, Double.NaN, "<b>fault</b>", 3_600 / 5);
    String press =
        list().stream().filter(a -> a.rule().equals("tripped")).findAny().orElseThrow().id();
    engine.acknowledge(press, "ada", "mechanic is coming", NOW);
  }

  private List<AlarmRecord> list() {
    return engine.list(false);
  }

  private void reads(int series, double number, @Nullable String text, long agoSeconds) {
    AlarmReading reading = new AlarmReading();
    reading.series = series;
    reading.number = number;
    reading.text = text;
    reading.timeMicros = NOW - agoSeconds * 1_000_000;
    engine.begin();
    engine.reading(reading, NOW, 0);
  }

  @Override
  public synchronized CompletableFuture<List<AlarmRecord>> list(boolean normalToo) {
    return CompletableFuture.completedFuture(engine.list(normalToo));
  }

  @Override
  public synchronized CompletableFuture<AlarmOutcome> acknowledge(
      String id, String who, String why) {
    return CompletableFuture.completedFuture(engine.acknowledge(id, who, why, NOW));
  }

  @Override
  public synchronized CompletableFuture<AlarmOutcome> shelve(
      String id, String who, String why, Duration length) {
    return CompletableFuture.completedFuture(
        engine.shelve(id, who, why, length.toNanos() / 1000, NOW, 0));
  }

  @Override
  public synchronized CompletableFuture<AlarmOutcome> unshelve(String id, String who, String why) {
    return CompletableFuture.completedFuture(engine.unshelve(id, who, why, NOW));
  }
}
