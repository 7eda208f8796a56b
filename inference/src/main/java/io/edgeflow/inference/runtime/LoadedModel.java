package io.edgeflow.inference.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A graph that is ready. Thread-safe: one lock around its buffers lets calls in one after the
 * other; a call's own threads are those of the budget. Closing frees everything at once.
 */
public final class LoadedModel implements Scorer {
  private final ModelSpec spec;
  private final OrtSession session;
  private final OrtSession.RunOptions runOptions;
  private final BatchTensors tensors;
  private final int maxBatch;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Guards the run options against being closed while a call is asked to end, and keeps the flag
   * and the library's own one the same.
   */
  private final Object ending = new Object();

  private volatile boolean closed;
  private volatile boolean interrupted;

  /** Takes over the session and the tensors. */
  LoadedModel(ModelSpec spec, OrtSession session, BatchTensors tensors, int maxBatch)
      throws OrtException {
    this.spec = spec;
    this.session = session;
    this.tensors = tensors;
    this.maxBatch = maxBatch;
    this.runOptions = new OrtSession.RunOptions();
    // What fails is told by an exception, not on the console.
    runOptions.setLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public float[] score(float[] rows, int count) throws ScoringException {
    spec.requireRows(rows, count);
    float[] scores = new float[count * spec.outputs()];
    score(rows, count, scores);
    return scores;
  }

  /**
   * As {@link #score(float[], int)}, into an array of the caller.
   *
   * @throws IllegalStateException if the model is closed
   */
  public void score(float[] rows, int count, float[] scores) throws ScoringException {
    spec.requireRows(rows, count);
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      forgetInterrupt();
      for (int done = 0; done < count; done += maxBatch) {
        run(rows, done, Math.min(maxBatch, count - done), scores);
      }
    } catch (OrtException e) {
      throw new RunFailedException(
          interrupted ? "the call was interrupted" : "the graph failed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
    FiniteCheck.check(scores, count, spec.outputs());
  }

  private void run(float[] rows, int from, int count, float[] scores) throws OrtException {
    tensors.put(rows, from * spec.rowLength(), count * spec.rowLength());
    BatchTensors.Batch batch = tensors.of(count);
    session.run(batch.input(), Set.of(), batch.output(), runOptions).close();
    tensors.get(scores, from * spec.outputs(), count * spec.outputs());
  }

  private void forgetInterrupt() throws OrtException {
    if (interrupted) {
      synchronized (ending) {
        interrupted = false;
        runOptions.setTerminate(false);
      }
    }
  }

  /** Between two nodes of the graph, or two rounds of a loop in it, the call ends. */
  @Override
  public void interrupt() {
    synchronized (ending) {
      if (closed) {
        return;
      }
      try {
        interrupted = true;
        runOptions.setTerminate(true);
      } catch (OrtException e) {
        throw new IllegalStateException("a call cannot be asked to end", e);
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      synchronized (ending) {
        if (closed) {
          return;
        }
        closed = true;
      }
      runOptions.close();
      tensors.close();
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("a session does not close", e);
    } finally {
      lock.unlock();
    }
  }
}
