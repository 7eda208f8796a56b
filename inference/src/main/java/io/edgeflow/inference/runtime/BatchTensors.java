package io.edgeflow.inference.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The memory that a model's rows and scores lie in: one direct buffer each, freed when it is closed
 * and not when the collector thinks of it. A tensor has a fixed shape, so those of the batch sizes
 * used last are kept. For one thread at a time.
 */
final class BatchTensors implements AutoCloseable {
  private static final int KEPT = 8;

  /** The two tensors of one batch size, over the start of the two buffers. */
  record Batch(int count, Map<String, OnnxTensor> input, Map<String, OnnxTensor> output)
      implements AutoCloseable {
    @Override
    public void close() {
      input.values().forEach(OnnxTensor::close);
      output.values().forEach(OnnxTensor::close);
    }
  }

  private final OrtEnvironment environment;
  private final ModelSpec spec;
  private final long[] outputShape;
  private final Arena arena = Arena.ofShared();
  private final FloatBuffer rows;
  private final FloatBuffer scores;
  private final List<Batch> kept = new ArrayList<>(KEPT);
  private int oldest;

  /**
   * @param outputShape as the graph gives it for one row
   */
  BatchTensors(OrtEnvironment environment, ModelSpec spec, int maxBatch, long[] outputShape) {
    this.environment = environment;
    this.spec = spec;
    this.outputShape = outputShape;
    this.rows = allocate((long) maxBatch * spec.rowLength());
    this.scores = allocate((long) maxBatch * spec.outputs());
  }

  private FloatBuffer allocate(long floats) {
    ByteBuffer bytes = arena.allocate(floats * Float.BYTES, 64).asByteBuffer();
    return bytes.order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  void put(float[] from, int offset, int length) {
    rows.put(0, from, offset, length);
  }

  void get(float[] to, int offset, int length) {
    scores.get(0, to, offset, length);
  }

  Batch of(int count) throws OrtException {
    for (int i = 0; i < kept.size(); i++) {
      if (kept.get(i).count() == count) {
        return kept.get(i);
      }
    }
    Batch batch = create(count);
    if (kept.size() < KEPT) {
      kept.add(batch);
    } else {
      kept.set(oldest, batch).close();
      oldest = (oldest + 1) % KEPT;
    }
    return batch;
  }

  private Batch create(int count) throws OrtException {
    long[] shape = outputShape.clone();
    shape[0] = count;
    OnnxTensor input =
        OnnxTensor.createTensor(
            environment, rows.slice(0, count * spec.rowLength()), spec.batchShape(count));
    try {
      OnnxTensor output =
          OnnxTensor.createTensor(environment, scores.slice(0, count * spec.outputs()), shape);
      return new Batch(count, Map.of(spec.input(), input), Map.of(spec.output(), output));
    } catch (OrtException e) {
      input.close();
      throw e;
    }
  }

  @Override
  public void close() {
    kept.forEach(Batch::close);
    kept.clear();
    arena.close();
  }
}
