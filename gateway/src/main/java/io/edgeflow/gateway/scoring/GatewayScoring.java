package io.edgeflow.gateway.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.recorder.ReadingListener;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.scoring.ScoreNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models of a gateway: readings in, scores back into the recorder. The recorder's thread hands
 * over, one thread for each slot scores, another one loads; whatever a model does, none of the
 * others waits.
 */
public final class GatewayScoring implements ReadingListener, RolloutPanel, AutoCloseable {
  private static final long STOP_MILLIS = 5_000;

  private final List<SlotPart> slots;
  private final Set<String> names;
  private final List<ScoringThread> threads;
  private final ModelPlaces places;
  private final ModelDesk desk;

  /** Slots of other processes. */
  private volatile Set<String> ofNodes = Set.of();

  /** Whether a series is one that a slot writes; owned by the thread that records. */
  private final Map<String, Boolean> scores = new HashMap<>();

  /** Of which slots that is known; owned by the thread that records. */
  private Set<String> scoresOfNodes = Set.of();

  /**
   * What models need of the gateway.
   *
   * @param folder where it keeps what they need
   * @param log takes events
   * @param presentMicros the gateway's time
   * @param veto against models that must not be loaded
   */
  public record Ground(
      Path folder,
      Intake intake,
      MeterRegistry meters,
      ScoringLog log,
      LongSupplier presentMicros,
      ModelVeto veto) {
    public Ground(
        Path folder,
        Intake intake,
        MeterRegistry meters,
        ScoringLog log,
        LongSupplier presentMicros) {
      this(folder, intake, meters, log, presentMicros, ModelVeto.NONE);
    }
  }

  /**
   * How patient it is.
   *
   * @param soak how long a model must score before its attempt was survived (R2)
   * @param settling how long the model before stays loaded after a change
   */
  public record Pace(Duration soak, Duration settling) {
    public static final Pace STANDARD = new Pace(Duration.ofSeconds(5), Duration.ofMinutes(1));
  }

  private GatewayScoring(List<SlotPart> slots, Ground ground, Pace pace) {
    this.slots = slots;
    this.names =
        slots.stream().map(slot -> slot.config().slot()).collect(Collectors.toUnmodifiableSet());
    this.threads =
        slots.stream()
            .map(slot -> new ScoringThread(slot.queue(), slot.scorer(), slot.outlet()))
            .toList();
    var folders = new ModelFolders(ground.folder());
    var reader = new BundleReader(BundleLimits.STANDARD);
    this.places = new ModelPlaces(folders, reader, slots.size());
    this.desk =
        new ModelDesk(slots, folders, places, reader, pace, ground.veto(), ground.presentMicros());
    for (SlotPart slot : slots) {
      var meters =
          new SlotMeters(ground.meters(), slot, () -> status(slot), () -> words(slot).provider());
      slot.outlet().onActive(meters::serves);
    }
  }

  /** Returns at once; models are loaded beside. */
  public static GatewayScoring start(List<ScoringConfig> configs, Ground ground, Pace pace) {
    List<SlotPart> slots =
        configs.stream()
            .map(
                config -> {
                  var events = new ModelEvents(config.slot(), ground.log());
                  var outlet = new ScoreOutlet(ground.intake(), ground.meters(), events);
                  return new SlotPart(config, events, outlet);
                })
            .toList();
    var scoring = new GatewayScoring(slots, ground, pace);
    scoring.threads.forEach(ScoringThread::start);
    scoring.desk.start();
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

  /**
   * The series that a model here reads for this score; empty for any other series. Any thread;
   * waits for no model.
   */
  public List<String> behind(String score) {
    for (SlotPart slot : slots) {
      List<String> read = slot.scorer().behind(score);
      if (!read.isEmpty()) {
        return read;
      }
    }
    return List.of();
  }

  /** Slots of other processes from here on: what they write is scored by none of ours. */
  public void ofNodes(Set<String> others) {
    ofNodes = Set.copyOf(others);
  }

  private boolean isScore(String series) {
    Set<String> others = ofNodes;
    if (!others.equals(scoresOfNodes)) {
      scoresOfNodes = others;
      scores.clear();
    }
    Boolean known = scores.get(series);
    if (known == null) {
      known = ScoreNames.isScore(series, names) || ScoreNames.isScore(series, others);
      scores.put(series, known);
    }
    return known;
  }

  @Override
  public List<Status.Model> models() {
    return slots.stream().map(this::status).toList();
  }

  private Status.Model status(SlotPart slot) {
    return slot.status(words(slot));
  }

  private ModelPlaces.Words words(SlotPart slot) {
    return places.words(slot.config().process());
  }

  @Override
  public Optional<SlotView> view(String name) {
    return slots.stream()
        .filter(slot -> slot.config().slot().equals(name))
        .findAny()
        .map(SlotPart::view);
  }

  @Override
  public boolean isDeadly(String digest) {
    return desk.trial().map(trial -> trial.isDeadly(digest)).orElse(false);
  }

  @Override
  public Duration rest(String digest) {
    return desk.trial().map(trial -> trial.rest(digest)).orElse(Duration.ZERO);
  }

  @Override
  public boolean rests(String digest) {
    return desk.trial().map(trial -> trial.rests(digest)).orElse(false);
  }

  @Override
  public void forgive(String digest) throws IOException {
    if (desk.trial().isPresent()) {
      desk.trial().get().forgive(digest);
    }
  }

  @Override
  public Asked ask(String slot, ModelCommand command, Said by) {
    return desk.ask(slot, command, by);
  }

  @Override
  public void close() {
    desk.close();
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
