package io.edgeflow.gateway.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.inference.runtime.ProviderAttempt;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.inference.scoring.ReadingQueue;
import io.edgeflow.inference.scoring.Scoring;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The models of a gateway: readings in, scores back into the recorder. The recorder's thread hands
 * over, one thread scores, another one loads; whatever a model does, none of the others waits.
 */
public final class GatewayScoring implements ReadingListener, AutoCloseable {
  private static final int BATCHES = 64;
  private static final int READINGS_IN_BATCH = 256;
  private static final long STOP_MILLIS = 5_000;

  private final ReadingQueue queue = new ReadingQueue(BATCHES, READINGS_IN_BATCH);
  private final List<SlotPart> slots;
  private final ScoringThread thread;
  private final ModelStarter starter;

  private GatewayScoring(List<SlotPart> slots, ModelFolders folders, Duration soak) {
    this.slots = slots;
    this.thread =
        new ScoringThread(
            queue,
            new Scoring(slots.stream().map(SlotPart::scorer).toList()),
            slots.stream().map(SlotPart::outlet).toList());
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
    scoring.thread.start();
    scoring.starter.start();
    return scoring;
  }

  @Override
  public void accepted(
      String series, long timeMicros, double number, @Nullable String text, Quality quality) {
    if (text == null) {
      queue.put(series, timeMicros, number, quality);
    }
  }

  /** Each slot, in the order of the configuration. Any thread; waits for no model. */
  public List<Status.Model> models() {
    Optional<ScoringRuntime> runtime = starter.runtime();
    String provider =
        runtime.map(open -> open.provider().name().toLowerCase(Locale.ROOT)).orElse("");
    List<String> providers =
        runtime.stream()
            .flatMap(open -> open.attempts().stream())
            .map(ProviderAttempt::toString)
            .toList();
    long dropped = queue.dropped();
    return slots.stream().map(slot -> slot.status(provider, providers, dropped)).toList();
  }

  @Override
  public void close() throws IOException {
    starter.close();
    thread.close();
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
