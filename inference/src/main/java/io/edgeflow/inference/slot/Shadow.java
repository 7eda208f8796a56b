package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.NonFiniteScoresException;
import io.edgeflow.inference.runtime.ScoringException;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Lets a model score what another one has scored, on a thread of its own, and keeps the comparison
 * only. One that is slower than the serving model skips rows; it holds up nobody.
 */
final class Shadow {
  private static final int WAITING = 64;

  /** One batch to be scored once more. */
  private static final class Job {
    final float[] rows;
    final Scores serving;
    final AlarmRule servingRule;

    Job(float[] rows, Scores serving, AlarmRule servingRule) {
      this.rows = rows;
      this.serving = serving;
      this.servingRule = servingRule;
    }
  }

  private final Served candidate;
  private final Comparison comparison = new Comparison();
  private final ArrayBlockingQueue<Optional<Job>> jobs = new ArrayBlockingQueue<>(WAITING);
  private volatile boolean ended;

  /** Has the candidate for as long as it runs, which acquires it. */
  private Shadow(Served candidate) {
    this.candidate = candidate;
  }

  /** Takes over one acquisition of the candidate. */
  static Shadow start(String slot, Served candidate) {
    var shadow = new Shadow(candidate);
    Thread.ofPlatform().daemon().name("shadow-" + slot).start(shadow::run);
    return shadow;
  }

  Served candidate() {
    return candidate;
  }

  ComparisonReport report() {
    return comparison.report();
  }

  /** Called by the thread that scored; never waits. */
  void offer(Rows rows, Scores serving, AlarmRule servingRule) {
    if (ended) {
      return;
    }
    try {
      float[] own = rows.of(candidate.identity());
      int length = serving.count() * candidate.scorer().spec().rowLength();
      if (own.length < length || jobs.remainingCapacity() == 0) {
        comparison.skip(serving.count());
        return;
      }
      float[] copy = new float[length];
      System.arraycopy(own, 0, copy, 0, length);
      if (!jobs.offer(Optional.of(new Job(copy, serving, servingRule)))) {
        comparison.skip(serving.count());
      }
    } catch (RuntimeException itsPreparation) {
      comparison.fail(serving.count());
    }
  }

  /** Without waiting; what has not been compared by then is not compared. */
  void end() {
    ended = true;
    // If it is full, the thread sees the flag at its next turn.
    jobs.offer(Optional.empty());
  }

  private void run() {
    try {
      Optional<Job> job = jobs.take();
      while (job.isPresent() && !ended) {
        compare(job.get());
        job = jobs.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      candidate.release();
    }
  }

  private void compare(Job job) {
    Scores serving = job.serving;
    int count = serving.count();
    try {
      long start = System.nanoTime();
      float[] values;
      BitSet unusable = new BitSet();
      try {
        values = candidate.scorer().score(job.rows, count);
      } catch (NonFiniteScoresException e) {
        values = e.scores();
        unusable = e.rows();
      }
      var answer =
          new Comparison.Answer(
              new Comparison.Floats(values),
              candidate.scorer().spec().outputs(),
              unusable,
              System.nanoTime() - start,
              candidate.model().alarms());
      comparison.add(serving, job.servingRule, answer);
    } catch (ScoringException | RuntimeException e) {
      comparison.fail(count);
    }
  }
}
