package io.edgeflow.inference.runtime;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small real ONNX graphs. Batch dimension {@code -1} leaves it open. */
public final class TestGraphs {
  private TestGraphs() {}

  /** {@code y = x + constant}, so that a score tells which graph gave it. */
  public static byte[] plus(int rowLength, float constant) {
    return model(
        graph("plus", List.of(node("Add", "y", "x", "c")))
            .addInitializer(floats("c", new long[] {1}, constant))
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, rowLength)));
  }

  /** {@code y = sqrt(x)}: NaN for what is negative. */
  public static byte[] root(int rowLength) {
    return unary("Sqrt", rowLength, -1);
  }

  public static byte[] unary(String operator, int rowLength, long batch) {
    return model(
        graph("unary", List.of(node(operator, "y", "x")))
            .addInput(value("x", TensorProto.DataType.FLOAT, batch, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, batch, rowLength)));
  }

  /** {@code y = x} of another type. */
  public static byte[] doubles(int rowLength) {
    return model(
        graph("doubles", List.of(node("Identity", "y", "x")))
            .addInput(value("x", TensorProto.DataType.DOUBLE, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.DOUBLE, -1, rowLength)));
  }

  /** {@code y = a + b}. */
  public static byte[] twoInputs(int rowLength) {
    return model(
        graph("two", List.of(node("Add", "y", "x", "b")))
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addInput(value("b", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, rowLength)));
  }

  /** Declares an open output and gives one value for the whole batch. */
  public static byte[] sumOfAll(int rowLength) {
    return model(
        graph("sum", List.of(node("ReduceSum", "y", "x")))
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, -1)));
  }

  /** A network of two layers, {@code rowLength - hidden - rowLength}, as an autoencoder has. */
  public static byte[] autoencoder(int rowLength, int hidden, RandomGenerator random) {
    return model(
        graph(
                "autoencoder",
                List.of(
                    node("MatMul", "h0", "x", "w1"),
                    node("Tanh", "h", "h0"),
                    node("MatMul", "y", "h", "w2")))
            .addInitializer(random("w1", rowLength, hidden, random))
            .addInitializer(random("w2", hidden, rowLength, random))
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, rowLength)));
  }

  /** {@code y = x * w} with a square matrix that lies in another file, as a Constant or not. */
  public static byte[] weightsElsewhere(int rowLength, String location, boolean constant) {
    var weights =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rowLength)
            .addDims(rowLength)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location));
    NodeProto product = node("MatMul", "y", "x", "w");
    var graph =
        constant
            ? graph("elsewhere", List.of(constant("w", weights), product))
            : graph("elsewhere", List.of(product)).addInitializer(weights);
    return model(
        graph
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, rowLength)));
  }

  private static NodeProto constant(String name, TensorProto.Builder value) {
    return node("Constant", name).toBuilder()
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(value))
        .build();
  }

  /** Adds 1 as often as the first value of the batch says; a huge one never ends. */
  public static byte[] loop(int rowLength) {
    GraphProto body =
        graph("body", List.of(node("Identity", "on", "cond"), node("Add", "next", "v", "one")))
            .addInput(scalar("i", TensorProto.DataType.INT64))
            .addInput(scalar("cond", TensorProto.DataType.BOOL))
            .addInput(value("v", TensorProto.DataType.FLOAT, -1, rowLength))
            .addInitializer(floats("one", new long[] {1}, 1))
            .addOutput(scalar("on", TensorProto.DataType.BOOL))
            .addOutput(value("next", TensorProto.DataType.FLOAT, -1, rowLength))
            .build();
    NodeProto rounds =
        node("Cast", "rounds", "first").toBuilder()
            .addAttribute(integer("to", TensorProto.DataType.INT64.getNumber()))
            .build();
    NodeProto loop =
        node("Loop", "y", "rounds", "", "x").toBuilder()
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("body")
                    .setType(AttributeProto.AttributeType.GRAPH)
                    .setG(body))
            .build();
    return model(
        graph(
                "loop",
                List.of(
                    node("Flatten", "flat", "x").toBuilder()
                        .addAttribute(integer("axis", 0))
                        .build(),
                    node("Gather", "first0", "flat", "zero").toBuilder()
                        .addAttribute(integer("axis", 1))
                        .build(),
                    node("Squeeze", "first", "first0"),
                    rounds,
                    loop))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("zero")
                    .setDataType(TensorProto.DataType.INT64.getNumber())
                    .addDims(1)
                    .addInt64Data(0))
            .addInput(value("x", TensorProto.DataType.FLOAT, -1, rowLength))
            .addOutput(value("y", TensorProto.DataType.FLOAT, -1, rowLength)));
  }

  public static Path write(Path directory, String name, byte[] graph) throws IOException {
    return Files.write(directory.resolve(name + ".onnx"), graph);
  }

  private static byte[] model(GraphProto.Builder graph) {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setGraph(graph)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
        .build()
        .toByteArray();
  }

  private static GraphProto.Builder graph(String name, List<NodeProto> nodes) {
    return GraphProto.newBuilder().setName(name).addAllNode(nodes);
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addAllInput(List.of(inputs))
        .addOutput(output)
        .build();
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto random(String name, int rows, int columns, RandomGenerator random) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return floats(name, new long[] {rows, columns}, values);
  }

  private static TensorProto floats(String name, long[] dimensions, float... values) {
    var tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto scalar(String name, TensorProto.DataType type) {
    return value(name, type, new long[0]);
  }

  private static ValueInfoProto value(String name, TensorProto.DataType type, long... dimensions) {
    var shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      var one = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          dimension < 0 ? one.setDimParam("n" + shape.getDimCount()) : one.setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }
}
