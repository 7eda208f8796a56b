package io.edgeflow.inference.runtime;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A model that an engine of DJL runs. What is compiled has one shape: every call has {@code
 * limits().maxBatch()} rows, those that are missing are zeros. Thread-safe: calls run one after the
 * other; none of them can be asked to end.
 */
final class EngineModel implements Scorer {
  private final ModelSpec spec;
  private final Model model;
  private final Predictor<float[], float[]> predictor;
  private final float[] batch;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  private EngineModel(ModelSpec spec, Model model) {
    this.spec = spec;
    this.model = model;
    this.predictor = model.newPredictor(new EngineRows(spec));
    this.batch = new float[spec.limits().maxBatch() * spec.rowLength()];
  }

  /**
   * Loads a file and runs a batch of zeros.
   *
   * @param engine DJL's name of it
   */
  static EngineModel load(String engine, Path file, ModelSpec spec)
      throws IOException, ModelRefusedException {
    Model model = Model.newInstance(file.getFileName().toString(), engine);
    try {
      model.load(file.toAbsolutePath().getParent(), file.getFileName().toString());
      var loaded = new EngineModel(spec, model);
      loaded.run(new float[spec.rowLength()], 0, 1);
      return loaded;
    } catch (MalformedModelException | TranslateException | RuntimeException e) {
      model.close();
      throw new ModelRefusedException(
          "DJL's engine %s does not take it: %s".formatted(engine, e), e);
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  @Override
  public ModelSpec spec() {
    return spec;
  }

  @Override
  public float[] score(float[] rows, int count) throws ScoringException {
    spec.requireRows(rows, count);
    float[] scores = new float[count * spec.outputs()];
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      int most = spec.limits().maxBatch();
      for (int done = 0; done < count; done += most) {
        int some = Math.min(most, count - done);
        float[] of = run(rows, done, some);
        System.arraycopy(of, 0, scores, done * spec.outputs(), some * spec.outputs());
      }
    } catch (TranslateException e) {
      throw new RunFailedException("the engine failed: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
    FiniteCheck.check(scores, count, spec.outputs());
    return scores;
  }

  private float[] run(float[] rows, int from, int count) throws TranslateException {
    int values = count * spec.rowLength();
    System.arraycopy(rows, from * spec.rowLength(), batch, 0, values);
    Arrays.fill(batch, values, batch.length, 0);
    return predictor.predict(batch);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        predictor.close();
        model.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
