package io.edgeflow.models.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A graph of float32 tensors whose first axis is the batch, operator by operator. The same calls in
 * the same order give the same bytes: names are numbered, and nothing tells when or where it was
 * made. One thread.
 */
public final class OnnxGraph {
  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 13;
  private static final String BATCH = "batch";

  private final GraphProto.Builder graph;
  private int named;

  /** What a node answers, or the graph is given. */
  public record Value(String name) {}

  public OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /**
   * @param rowShape without the batch
   */
  public Value input(String name, int... rowShape) {
    graph.addInput(described(name, rowShape));
    return new Value(name);
  }

  /** Names a value as what the graph answers. */
  public void output(Value value, String name, int... rowShape) {
    node("Identity", name, value);
    graph.addOutput(described(name, rowShape));
  }

  /** A constant. */
  public Value matrix(float[][] rows) {
    int columns = rows[0].length;
    float[] flat = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, flat, i * columns, columns);
    }
    return floats(flat, rows.length, columns);
  }

  /** A constant that is added to, or multiplied with, each row. */
  public Value row(float... values) {
    return floats(values, 1, values.length);
  }

  public Value matMul(Value left, Value right) {
    return apply("MatMul", left, right);
  }

  public Value add(Value left, Value right) {
    return apply("Add", left, right);
  }

  public Value subtract(Value left, Value right) {
    return apply("Sub", left, right);
  }

  public Value multiply(Value left, Value right) {
    return apply("Mul", left, right);
  }

  public Value divide(Value left, Value right) {
    return apply("Div", left, right);
  }

  public Value abs(Value value) {
    return apply("Abs", value);
  }

  public Value squareRoot(Value value) {
    return apply("Sqrt", value);
  }

  /** The greatest, element by element. */
  public Value max(Value... values) {
    return apply("Max", values);
  }

  /** The mean of each row's values: batch × 1. */
  public Value rowMean(Value rows) {
    return reduced("ReduceMean", rows, 1, 1);
  }

  /** Natural. */
  public Value logarithm(Value value) {
    return apply("Log", value);
  }

  /**
   * Slides kernels along batch × 1 × steps: batch × kernels × steps, fewer by the kernels' reach.
   *
   * @param kernels of equal lengths
   * @param dilation steps from one weight of a kernel to the next
   */
  public Value convolve(Value series, float[][] kernels, int dilation) {
    int length = kernels[0].length;
    float[] flat = new float[kernels.length * length];
    for (int i = 0; i < kernels.length; i++) {
      System.arraycopy(kernels[i], 0, flat, i * length, length);
    }
    Value weights = floats(flat, kernels.length, 1, length);
    String name = fresh();
    graph.addNode(
        start("Conv", name, series, weights)
            .addAttribute(integers("kernel_shape", length))
            .addAttribute(integers("dilations", dilation)));
    return new Value(name);
  }

  /** The mean over the steps of batch × channels × steps. */
  public Value meanOfSteps(Value channels) {
    return reduced("ReduceMean", channels, 2, 0);
  }

  /** The greatest of the steps of batch × channels × steps. */
  public Value maxOfSteps(Value channels) {
    return reduced("ReduceMax", channels, 2, 0);
  }

  /** Side by side. */
  public Value concat(Value... values) {
    String name = fresh();
    graph.addNode(start("Concat", name, values).addAttribute(integer("axis", 1)));
    return new Value(name);
  }

  /** Columns {@code from} to {@code to}, which is not among them. */
  public Value columns(Value rows, int from, int to) {
    return apply("Slice", rows, indices(from), indices(to), indices(1));
  }

  public byte[] bytes() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("edgeflow")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private Value reduced(String operator, Value value, int axis, int keepAxis) {
    String name = fresh();
    graph.addNode(
        start(operator, name, value)
            .addAttribute(integers("axes", axis))
            .addAttribute(integer("keepdims", keepAxis)));
    return new Value(name);
  }

  private Value apply(String operator, Value... inputs) {
    String name = fresh();
    node(operator, name, inputs);
    return new Value(name);
  }

  private void node(String operator, String output, Value... inputs) {
    graph.addNode(start(operator, output, inputs));
  }

  private static NodeProto.Builder start(String operator, String output, Value... inputs) {
    var node = NodeProto.newBuilder().setOpType(operator).setName(output).addOutput(output);
    List.of(inputs).forEach(input -> node.addInput(input.name()));
    return node;
  }

  private Value floats(float[] values, int... dimensions) {
    var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a weight is " + value);
      }
      raw.putFloat(value);
    }
    return constant(TensorProto.DataType.FLOAT, raw, dimensions);
  }

  private Value indices(long index) {
    var raw = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(index);
    return constant(TensorProto.DataType.INT64, raw, 1);
  }

  private Value constant(TensorProto.DataType type, ByteBuffer raw, int... dimensions) {
    String name = fresh();
    var tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(raw.flip()));
    for (int dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return new Value(name);
  }

  private String fresh() {
    return "v" + named++;
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto integers(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INTS)
        .addInts(value)
        .build();
  }

  private static ValueInfoProto described(String name, int... rowShape) {
    var shape = TensorShapeProto.newBuilder();
    shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
    for (int axis : rowShape) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(axis));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }
}
