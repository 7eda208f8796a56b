package io.edgeflow.inference.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** From the bytes of a graph to a model that has run once. */
final class ModelLoader {
  private final SessionFactory sessions;
  private final boolean strict;

  ModelLoader(SessionFactory sessions, boolean strict) {
    this.sessions = sessions;
    this.strict = strict;
  }

  /**
   * @param graph outside of the heap; not needed any more when it returns
   */
  LoadedModel load(ByteBuffer graph, ModelSpec spec) throws ModelRefusedException {
    OrtSession session;
    try {
      session = sessions.create(graph, spec, strict);
    } catch (OrtException e) {
      throw new ModelRefusedException("the runtime does not take it: " + e.getMessage(), e);
    }
    try {
      return prove(session, spec);
    } catch (OrtException | ModelRefusedException | RuntimeException e) {
      close(session, e);
      if (e instanceof ModelRefusedException refused) {
        throw refused;
      }
      throw new ModelRefusedException("a first row of zeros fails: " + e.getMessage(), e);
    }
  }

  private LoadedModel prove(OrtSession session, ModelSpec spec)
      throws OrtException, ModelRefusedException {
    int maxBatch = GraphCheck.check(spec, session);
    long[] one = firstRun(session, spec, 1);
    if (maxBatch > 1) {
      firstRun(session, spec, 2);
    }
    var tensors = new BatchTensors(sessions.environment(), spec, maxBatch, one);
    try {
      return new LoadedModel(spec, session, tensors, maxBatch);
    } catch (OrtException | RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  /** What a graph declares may be open; what it gives is not. */
  private long[] firstRun(OrtSession session, ModelSpec spec, int count)
      throws OrtException, ModelRefusedException {
    FloatBuffer zeros = FloatBuffer.allocate(count * spec.rowLength());
    try (OnnxTensor input =
            OnnxTensor.createTensor(sessions.environment(), zeros, spec.batchShape(count));
        OrtSession.Result result =
            session.run(Map.of(spec.input(), input), Set.of(spec.output()))) {
      OnnxValue value = result.get(0);
      long[] shape = value.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
      if (shape.length == 0
          || shape[0] != count
          || Arrays.stream(shape).reduce(1, (a, b) -> a * b) != (long) count * spec.outputs()) {
        throw new ModelRefusedException(
            "%d rows give scores of the shape %s, not %d for each row"
                .formatted(count, Arrays.toString(shape), spec.outputs()));
      }
      return shape;
    }
  }

  private static void close(OrtSession session, Exception cause) {
    try {
      session.close();
    } catch (OrtException e) {
      cause.addSuppressed(e);
    }
  }
}
