package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.prepare.RecentReadings;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.slot.Attribution;
import io.edgeflow.inference.slot.Change;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.Rows;
import io.edgeflow.inference.slot.Scores;
import io.edgeflow.inference.slot.Slot;
import io.edgeflow.inference.slot.SlotState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A slot with what its models need of the readings. One thread gives readings; any thread may ask
 * for a change, which happens between two readings: the rows of those before are scored by the old
 * model first.
 *
 * <p>Up to three models prepare rows: the one that serves, the one beside it, and the one before,
 * as long as it is loaded. So a change loses no row and repeats none. A model that is prepared gets
 * the recent readings first.
 *
 * <p>The locking rule: readings, calls and switches under this object's monitor, loading outside
 * it; figures have their own.
 */
public final class SlotScorer implements AutoCloseable {
  /** Of each series, for the next model. */
  private static final int FEWEST_RECENT = 1_024;

  private static final float[] NOTHING_TO_COMPARE = {};

  private final Slot slot;
  private final ScoreSink sink;
  private final Sharing sharing;
  private final SlotCounts counts = new SlotCounts();

  private final List<SeriesName> names = new ArrayList<>();
  private @Nullable RecentReadings recent;
  private @Nullable Lane serving;
  private @Nullable Lane candidate;
  private @Nullable Lane previous;
  private boolean shadowing;

  /** What the serving model reads; without the monitor, which a call holds. */
  private volatile @Nullable Input reads;

  private long withheldTold;
  private long shareVersion;

  public SlotScorer(String name, ScoreSink sink) {
    this(name, sink, Sharing.NONE);
  }

  /**
   * @param sharing with other processes that have a slot of this name
   */
  public SlotScorer(String name, ScoreSink sink, Sharing sharing) {
    if (!ScoreNames.isSlot(name)) {
      throw new IllegalArgumentException("no name of a slot: " + name);
    }
    this.slot = new Slot(name);
    this.sink = sink;
    this.sharing = sharing;
  }

  public String name() {
    return slot.name();
  }

  /**
   * A reading with a number. Rows that it completes are scored by {@link #flush} at the latest.
   *
   * @param series numbers begin with 0 and rise by 1, in the order in which series are new
   */
  synchronized void accept(
      int series, SeriesName name, long timeMicros, double value, Quality quality) {
    if (series == names.size()) {
      names.add(name);
    }
    boolean used = feed(candidate, series, timeMicros, value, quality);
    used |= feed(previous, series, timeMicros, value, quality);
    used |= feed(serving, series, timeMicros, value, quality);
    RecentReadings keeping = recent;
    if (used && keeping != null) {
      keeping.add(series, timeMicros, value, quality);
    }
    Lane now = serving;
    if (now != null && now.batch().size() >= now.maxBatch()) {
      flush();
    }
  }

  private boolean feed(
      @Nullable Lane lane, int series, long timeMicros, double value, Quality quality) {
    return lane != null && lane.accept(series, names.get(series), timeMicros, value, quality);
  }

  /** Scores the rows that wait; takes as long as the model, its time-out at most. */
  public synchronized void flush() {
    followShare();
    Lane now = serving;
    if (now == null) {
      return;
    }
    if (now.withheld() > withheldTold) {
      counts.withheld(now.withheld() - withheldTold);
      withheldTold = now.withheld();
    }
    if (now.batch().size() > 0) {
      call(now);
      now.batch().clear();
    }
    Lane beside = candidate;
    if (beside != null) {
      beside.batch().clear();
    }
  }

  private void followShare() {
    long version = sharing.share().version();
    if (version != shareVersion) {
      shareVersion = version;
      lanes().forEach(Lane::shareChanged);
    }
  }

  private Stream<Lane> lanes() {
    return Stream.of(Optional.ofNullable(serving), Optional.ofNullable(candidate))
        .flatMap(Optional::stream);
  }

  /** A lane has as many rows as one call takes. */
  private void full(Lane lane) {
    if (lane.equals(serving)) {
      call(lane);
    }
    lane.batch().clear();
  }

  /** Another process wrote a score of this slot. */
  synchronized void heard(String series, long timeMicros) {
    lanes().forEach(lane -> lane.heard(series, timeMicros));
  }

  private void call(Lane now) {
    int rows = now.batch().size();
    Scores scores;
    try {
      scores = slot.score(new LaneRows(now, shadowing ? candidate : null));
    } catch (ScoringException | RuntimeException e) {
      counts.failed(rows, String.valueOf(e));
      sink.failed(new Attribution(slot.name(), now.model().identity()), rows, String.valueOf(e));
      return;
    }
    int unusable = scores.unusable();
    int beyond = scores.beyond(now.model().slotModel().alarms());
    counts.called(rows - unusable, unusable, beyond, scores.nanos());
    sink.called(scores.by(), rows, scores.nanos());
    for (int row = 0; row < rows; row++) {
      if (scores.isUsable(row)) {
        emit(now.batch(), row, scores);
      }
    }
    if (unusable > 0) {
      String why = unusable + " of " + rows + " rows gave NaN or infinity";
      counts.unusable(unusable, why);
      sink.failed(scores.by(), unusable, why);
    }
  }

  private void emit(RowBatch batch, int row, Scores scores) {
    List<String> series = batch.subject(row).scores();
    for (int output = 0; output < series.size(); output++) {
      sink.score(
          series.get(output),
          batch.timeMicros(row),
          scores.value(row, output),
          batch.quality(row),
          scores.by());
    }
  }

  /** The same readings as rows of both models. */
  private record LaneRows(Lane now, @Nullable Lane beside) implements Rows {
    @Override
    public int count() {
      return now.batch().size();
    }

    @Override
    public float[] of(ModelIdentity model) {
      if (model.equals(now.model().identity())) {
        return now.batch().rows();
      }
      return beside != null && beside.batch().pairsWith(now.batch())
          ? beside.batch().rows()
          : NOTHING_TO_COMPARE;
    }
  }

  /** Loads a model beside the serving one and lets it prove itself, on this thread: seconds. */
  public Change prepare(ScoredModel model) {
    Change change = slot.prepare(model.slotModel());
    return change instanceof Change.Prepared ? install(model) : change;
  }

  private synchronized Change install(ScoredModel model) {
    if (!isCandidate(model)) {
      return overtaken();
    }
    flush();
    shadowing = false;
    var lane = new Lane(model, name(), sharing, this::full);
    RecentReadings kept = recent;
    if (kept == null) {
      recent = new RecentReadings(recentReadings(model.bundle().manifest().input()));
    } else {
      kept.replay(
          allSeries(),
          (series, time, value, quality) ->
              lane.recall(series, names.get(series), time, value, quality));
    }
    candidate = lane;
    return new Change.Prepared(model.identity());
  }

  /** A model that was just loaded is the slot's candidate a moment before it has its lane. */
  private boolean isCandidate(ScoredModel model) {
    return switch (slot.state().candidate()) {
      case SlotState.NoCandidate _ -> false;
      case SlotState.Proven(ModelIdentity proven) -> proven.equals(model.identity());
      case SlotState.Shadowing shadow -> shadow.model().equals(model.identity());
    };
  }

  private Change overtaken() {
    return new Change.Refused("another change was made in " + name() + " meanwhile");
  }

  private int[] allSeries() {
    int[] all = new int[names.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return all;
  }

  private static int recentReadings(Input input) {
    return Math.max(FEWEST_RECENT, input.rowLength() / input.columns().size() + 1);
  }

  /** Lets the candidate score what the serving model scores; nobody gets its scores. */
  public synchronized Change shadow() {
    Lane beside = candidate;
    if (beside != null && !isCandidate(beside.model())) {
      return overtaken();
    }
    flush();
    Change change = slot.shadow();
    if (change instanceof Change.Shadowed && beside != null) {
      shadowing = true;
      beside.collect(true);
    }
    return change;
  }

  /** From the next reading on, the candidate serves. */
  public synchronized Change promote() {
    Lane next = candidate;
    if (next == null) {
      return new Change.Refused("there is no candidate in " + name());
    }
    if (!isCandidate(next.model())) {
      return overtaken();
    }
    flush();
    Change change = slot.promote();
    if (change instanceof Change.Switched) {
      previous = serving;
      serve(next);
      candidate = null;
    }
    return change;
  }

  /**
   * From the next reading on, the model before serves again. Only while it is loaded: after {@link
   * #settle} it is to be prepared like any other.
   */
  public synchronized Change back() {
    if (!(slot.state().fallback() instanceof SlotState.Loaded)) {
      return new Change.Refused("there is no loaded model before in " + name());
    }
    flush();
    Change change = slot.back();
    if (change instanceof Change.Switched) {
      serve(previous);
      previous = null;
      Lane beside = candidate;
      if (beside != null) {
        beside.collect(false);
      }
    }
    return change;
  }

  /** The new model has proved itself in service: the one before is closed. */
  public synchronized Change settle() {
    Change change = slot.settle();
    if (change instanceof Change.Dropped) {
      previous = null;
    }
    return change;
  }

  /** Drops the candidate, in the shadow or not. */
  public synchronized Change discard() {
    Change change = slot.discard();
    if (change instanceof Change.Dropped) {
      candidate = null;
      shadowing = false;
    }
    return change;
  }

  /** From the next reading on, no model serves and none is beside it. */
  public synchronized Change clear() {
    flush();
    var _ = discard();
    Change change = slot.clear();
    if (change instanceof Change.Switched) {
      previous = null;
      serve(null);
    }
    return change;
  }

  /**
   * Readings were missed, so that those to come do not follow those that came: what is prepared of
   * them begins anew.
   */
  public synchronized void restart() {
    flush();
    serving = anew(serving, true);
    candidate = anew(candidate, shadowing);
    previous = anew(previous, false);
    withheldTold = 0;
    Lane now = serving;
    if (now != null) {
      recent = new RecentReadings(recentReadings(now.model().bundle().manifest().input()));
    }
  }

  private @Nullable Lane anew(@Nullable Lane lane, boolean collecting) {
    if (lane == null) {
      return null;
    }
    var fresh = new Lane(lane.model(), name(), sharing, this::full);
    fresh.collect(collecting);
    return fresh;
  }

  private void serve(@Nullable Lane next) {
    Lane before = serving;
    if (before != null) {
      before.collect(false);
    }
    serving = next;
    reads = next == null ? null : next.model().bundle().manifest().input();
    shadowing = false;
    counts.begin();
    if (next != null) {
      next.shareChanged();
      next.collect(true);
      withheldTold = next.withheld();
    }
    sink.active(name(), Optional.ofNullable(next).map(lane -> lane.model().identity()));
  }

  /**
   * The series that the serving model reads for a score of this slot; empty for any other series.
   * Any thread; does not wait for a call.
   */
  public List<String> behind(String score) {
    Input input = reads;
    return input == null ? List.of() : ScoreInputs.of(score, name(), input);
  }

  /** Any thread; does not wait for a call. */
  public SlotFigures figures() {
    SlotCounts.Values values = counts.values();
    return new SlotFigures(
        name(),
        slot.state(),
        values.scored(),
        values.errors(),
        values.withheld(),
        values.service(),
        values.lastError());
  }

  /** Rows that wait have no score. Waits until every model is closed, at most 30 s. */
  @Override
  public void close() {
    synchronized (this) {
      serving = null;
      candidate = null;
      previous = null;
    }
    slot.close();
  }
}
