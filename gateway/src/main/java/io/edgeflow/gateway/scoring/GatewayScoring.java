package io.edgeflow.gateway.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.inference.scoring.ScoreNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models of a gateway: readings in, scores back into the recorder. The recorder's thread hands
 * over, one thread for each slot scores, another one loads; whatever a model does, none of the
 * others waits.
 */
public final class GatewayScoring implements ReadingListener, AutoCloseable {
  private static final long STOP_MILLIS = 5_000;

  private final List<SlotPart> slots;
  private final Set<String> names;
  private final List<ScoringThread> threads;
  private final ModelStarter starter;

  /** Whether a series is one that a slot writes; owned by the thread that records. */
  private final Map<String, Boolean> scores = new HashMap<>();

  private GatewayScoring(List<SlotPart> slots, ModelFolders folders, Duration soak) {
    this.slots = slots;
    this.names =
        slots.stream().map(slot -> slot.config().slot()).collect(Collectors.toUnmodifiableSet());
    this.threads =
        slots.stream()
            .map(slot -> new ScoringThread(slot.queue(), slot.scorer(), slot.outlet()))
            .toList();
    this.starter = new ModelStarter(slots, folders, soak);
  }

  /**
   * Returns at once; models are loaded beside.
   *
   * @param folder where the gateway keeps what models need
   * @param soak how long a model must score before its attempt was survived (R2)
   */
  public static GatewayScoring start(
      List<ScoringConfig> configs,
      Path folder,
      Duration soak,
      Intake intake,
      MeterRegistry meters,
      ScoringLog log) {
    List<SlotPart> slots =
        configs.stream()
            .map(
                config -> {
                  var events = new ModelEvents(config.slot(), log);
                  return new SlotPart(config, events, new ScoreOutlet(intake, meters, events));
                })
            .toList();
    var scoring = new GatewayScoring(slots, new ModelFolders(folder), soak);
    scoring.threads.forEach(ScoringThread::start);
    scoring.starter.start();
    return scoring;
  }

  @Override
  public void accepted(
      String series, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (text == null && !isScore(series)) {
      for (int i = 0; i < slots.size(); i++) {
        slots.get(i).queue().put(series, timeMicros, number, quality);
      }
    }
  }

  private boolean isScore(String series) {
    Boolean known = scores.get(series);
    if (known == null) {
      known = ScoreNames.isScore(series, names);
      scores.put(series, known);
    }
    return known;
  }

  /** Each slot, in the order of the configuration. Any thread; waits for no model. */
  public List<Status.Model> models() {
    ModelPlaces places = starter.places();
    return slots.stream().map(slot -> slot.status(places.words(slot.config().process()))).toList();
  }

  @Override
  public void close() throws IOException {
    starter.close();
    threads.forEach(ScoringThread::stop);
    threads.forEach(ScoringThread::close);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    // Side by side: one that waits for a call of its model holds up no other.
    List<Thread> closing =
        slots.stream().map(slot -> Thread.ofVirtual().start(slot.scorer()::close)).toList();
    for (Thread one : closing) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      Joining.join(one, Math.max(1, left));
    }
  }
}
