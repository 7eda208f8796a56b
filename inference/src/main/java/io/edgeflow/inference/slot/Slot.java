package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.ModelRefusedException;
import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.OutOfServiceException;
import io.edgeflow.inference.runtime.Scorer;
import io.edgeflow.inference.runtime.ScoringException;
import io.edgeflow.inference.slot.Change.Dropped;
import io.edgeflow.inference.slot.Change.Prepared;
import io.edgeflow.inference.slot.Change.Refused;
import io.edgeflow.inference.slot.Change.Shadowed;
import io.edgeflow.inference.slot.Change.Switched;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named place for a model. Any thread may score and any thread may ask for a change. The locking
 * rule: scoring takes no lock; what models are where changes under this object's monitor, never for
 * longer than the assignment of a few fields; loading and proving, which takes seconds, happens
 * beside it, one model at a time. So a return to the old model waits for no load.
 *
 * <p>A batch is scored by the model that serves when its turn comes, exactly once. A model that was
 * switched away from finishes the calls it has.
 */
public final class Slot implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Slot.class);
  private static final BitSet ALL_USABLE = new BitSet(0);
  private static final Duration TO_CLOSE = Duration.ofSeconds(30);

  private final String name;

  /** One party for each model that is open, and one for the slot. */
  private final Phaser open = new Phaser(1);

  /** Held while a model is loaded. */
  private final ReentrantLock loading = new ReentrantLock();

  /** Written under the monitor, read by everyone who scores. */
  private volatile @Nullable Served serving;

  private volatile @Nullable Shadow shadow;

  /** The rest only under the monitor. */
  private @Nullable Served candidate;

  private @Nullable Served previous;
  private @Nullable SlotModel settled;
  private boolean closed;

  public Slot(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /**
   * Scores a batch, which may be one row.
   *
   * @throws OutOfServiceException if the slot is empty
   * @throws ScoringException if the serving model gave no scores; rows that it gave no numbers for
   *     are no exception but unusable
   */
  public Scores score(Rows rows) throws ScoringException {
    while (true) {
      Served now = serving;
      if (now == null) {
        throw new OutOfServiceException("there is no model in " + name);
      }
      // If it was retired this moment, another one serves already.
      if (now.acquire()) {
        try {
          return score(now, rows);
        } finally {
          now.release();
        }
      }
    }
  }

  private Scores score(Served by, Rows rows) throws ScoringException {
    int count = rows.count();
    float[] own = rows.of(by.identity());
    float[] values;
    BitSet unusable = ALL_USABLE;
    long start = System.nanoTime();
    try {
      values = by.scorer().score(own, count);
    } catch (NonFiniteScoresException e) {
      values = e.scores();
      unusable = e.rows();
    }
    long nanos = System.nanoTime() - start;
    var scores =
        new Scores(
            new Attribution(name, by.identity()),
            values,
            count,
            by.scorer().spec().outputs(),
            unusable,
            nanos);
    Shadow beside = shadow;
    if (beside != null && beside.candidate() != by) {
      beside.offer(rows, scores, by.model().alarms());
    }
    return scores;
  }

  /**
   * Loads a model beside the serving one and lets it prove itself, on this thread. A candidate from
   * before makes room for it.
   */
  public Change prepare(SlotModel model) {
    if (!loading.tryLock()) {
      return new Refused("another model is being loaded");
    }
    try {
      return switch (open(model)) {
        case Opened opened -> install(opened.served());
        case NotOpened not -> new Refused(not.why());
      };
    } finally {
      loading.unlock();
    }
  }

  private sealed interface Opening {}

  private record Opened(Served served) implements Opening {}

  private record NotOpened(String why) implements Opening {}

  private Opening open(SlotModel model) {
    Scorer scorer;
    try {
      scorer = model.source().open();
    } catch (IOException | ModelRefusedException | RuntimeException e) {
      return new NotOpened(model.identity() + " is not loaded: " + e.getMessage());
    }
    String why;
    try {
      switch (model.golden().prove(scorer)) {
        case Golden.Verdict.Proven _ -> {
          open.register();
          return new Opened(new Served(model, scorer, this::closeLater));
        }
        case Golden.Verdict.Failed failed -> why = failed.why();
      }
    } catch (ScoringException | RuntimeException e) {
      why = String.valueOf(e.getMessage());
    }
    scorer.close();
    return new NotOpened(model.identity() + " did not prove itself: " + why);
  }

  /** Not on the thread that scores: closing may wait for the model's own thread or process. */
  private void closeLater(Scorer scorer) {
    Thread.ofVirtual()
        .name("close-" + name)
        .start(
            () -> {
              try {
                scorer.close();
              } catch (RuntimeException e) {
                LOG.warn("A model of {} does not close", name, e);
              } finally {
                open.arriveAndDeregister();
              }
            });
  }

  private synchronized Change install(Served prepared) {
    if (closed) {
      prepared.retire();
      return new Refused(name + " is closed");
    }
    dropCandidate();
    candidate = prepared;
    return new Prepared(prepared.identity());
  }

  /** Lets the candidate score what the serving model scores; nobody gets its scores. */
  public synchronized Change shadow() {
    Served beside = candidate;
    if (beside == null) {
      return new Refused("there is no candidate in " + name);
    }
    if (shadow != null) {
      return new Refused(beside.identity() + " is in the shadow already");
    }
    if (serving == null || !beside.acquire()) {
      return new Refused("nothing casts a shadow in " + name);
    }
    shadow = Shadow.start(name, beside);
    return new Shadowed(beside.identity());
  }

  /**
   * From the next row on, the candidate serves. The model before stays loaded until {@link #settle}
   * or {@link #back}.
   */
  public synchronized Change promote() {
    Served next = candidate;
    if (next == null) {
      return new Refused("there is no candidate in " + name);
    }
    Optional<ComparisonReport> report = endShadow();
    Served before = serving;
    Served older = previous;
    candidate = null;
    previous = before;
    if (before != null) {
      settled = null;
    }
    serving = next;
    if (older != null) {
      older.retire();
    }
    return new Switched(identity(before), identity(next), report);
  }

  /**
   * The new model has proved itself in service: the one before is closed when its last call
   * returns. It can be returned to all the same, but must be loaded for that.
   */
  public synchronized Change settle() {
    Served old = previous;
    if (old == null) {
      return new Refused("there is no model before in " + name);
    }
    previous = null;
    settled = old.model();
    old.retire();
    return new Dropped(old.identity(), Optional.empty());
  }

  /**
   * From the next row on, the model before serves again; the one that served is closed when its
   * last call returns. At once if it is loaded, else after loading and proving it, on this thread.
   */
  public Change back() {
    SlotModel model;
    Served from;
    synchronized (this) {
      Served old = previous;
      if (old != null) {
        previous = null;
        return replaceBy(old);
      }
      model = settled;
      from = serving;
    }
    return model == null ? new Refused("there is no model before in " + name) : reload(model, from);
  }

  private Change reload(SlotModel model, @Nullable Served from) {
    loading.lock();
    try {
      return switch (open(model)) {
        case Opened opened -> backTo(opened.served(), model, from);
        case NotOpened not -> new Refused(not.why());
      };
    } finally {
      loading.unlock();
    }
  }

  private synchronized Change backTo(Served old, SlotModel model, @Nullable Served from) {
    if (closed || serving != from || !model.equals(settled)) {
      old.retire();
      return new Refused("another change was made in " + name + " meanwhile");
    }
    settled = null;
    return replaceBy(old);
  }

  /** Under the monitor. */
  private Change replaceBy(@Nullable Served next) {
    Optional<ComparisonReport> report = endShadow();
    Served before = serving;
    serving = next;
    if (before != null) {
      before.retire();
    }
    return new Switched(identity(before), identity(next), report);
  }

  /** Rows get no score any more. What served can be returned to. */
  public synchronized Change clear() {
    Served last = serving;
    if (last == null) {
      return new Refused("there is no model in " + name);
    }
    if (previous != null) {
      previous.retire();
      previous = null;
    }
    settled = last.model();
    return replaceBy(null);
  }

  /** Drops the candidate, in the shadow or not. */
  public synchronized Change discard() {
    Served old = candidate;
    if (old == null) {
      return new Refused("there is no candidate in " + name);
    }
    return new Dropped(old.identity(), dropCandidate());
  }

  /** Under the monitor. */
  private Optional<ComparisonReport> dropCandidate() {
    Optional<ComparisonReport> report = endShadow();
    if (candidate != null) {
      candidate.retire();
      candidate = null;
    }
    return report;
  }

  /** Under the monitor. */
  private Optional<ComparisonReport> endShadow() {
    Shadow beside = shadow;
    if (beside == null) {
      return Optional.empty();
    }
    shadow = null;
    beside.end();
    return Optional.of(beside.report());
  }

  private static Optional<ModelIdentity> identity(@Nullable Served served) {
    return Optional.ofNullable(served).map(Served::identity);
  }

  public synchronized SlotState state() {
    Served now = serving;
    return now == null
        ? new SlotState.Empty(candidateState(), fallback())
        : new SlotState.Serving(now.identity(), candidateState(), fallback());
  }

  private SlotState.Candidate candidateState() {
    Shadow beside = shadow;
    if (beside != null) {
      return new SlotState.Shadowing(beside.candidate().identity(), beside.report());
    }
    return candidate == null
        ? new SlotState.NoCandidate()
        : new SlotState.Proven(candidate.identity());
  }

  private SlotState.Fallback fallback() {
    if (previous != null) {
      return new SlotState.Loaded(previous.identity());
    }
    return settled == null ? new SlotState.NoFallback() : new SlotState.Closed(settled.identity());
  }

  /**
   * Empties it and waits, at most 30 s, until every model is closed; calls that are on their way
   * end first.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      dropCandidate();
      if (previous != null) {
        previous.retire();
        previous = null;
      }
      replaceBy(null);
    }
    awaitClosing();
  }

  private void awaitClosing() {
    try {
      open.awaitAdvanceInterruptibly(
          open.arriveAndDeregister(), TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("A model of {} is still in a call; it is closed when that returns", name);
    }
  }
}
