package io.edgeflow.inference.runtime;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;

/** A whole batch of rows in, their scores out, as DJL wants it told. */
record EngineRows(ModelSpec spec) implements NoBatchifyTranslator<float[], float[]> {
  @Override
  public NDList processInput(TranslatorContext context, float[] batch) {
    NDArray input =
        context.getNDManager().create(batch, new Shape(spec.batchShape(spec.limits().maxBatch())));
    input.setName(spec.input());
    return new NDList(input);
  }

  @Override
  public float[] processOutput(TranslatorContext context, NDList outputs)
      throws TranslateException {
    float[] scores = output(outputs).toFloatArray();
    int wanted = spec.limits().maxBatch() * spec.outputs();
    if (scores.length != wanted) {
      throw new TranslateException(
          "%d rows give %d values, not %d for each row"
              .formatted(spec.limits().maxBatch(), scores.length, spec.outputs()));
    }
    return scores;
  }

  /** By its name where the engine tells names, else the only one. */
  private NDArray output(NDList outputs) throws TranslateException {
    for (NDArray one : outputs) {
      if (spec.output().equals(one.getName())) {
        return one;
      }
    }
    if (outputs.size() == 1) {
      return outputs.getFirst();
    }
    throw new TranslateException("no output is called " + spec.output());
  }
}
