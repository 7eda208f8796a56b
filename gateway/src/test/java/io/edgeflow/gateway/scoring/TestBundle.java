package io.edgeflow.gateway.scoring;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bundles with real graphs that score the flow of each device. */
public final class TestBundle {
  private static final String PLENTY = "30s";
  private static final int INT64 = TensorProto.DataType.INT64.getNumber();
  private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();

  private TestBundle() {}

  /**
   * The first one in a process says where the runtime's libraries are, and tests' folders are
   * deleted before the process ends.
   */
  public static void openRuntime() throws RuntimeUnavailableException {
    ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(Path.of("target/runtime")));
  }

  /** Scores flow + constant; its golden vectors expect the score for a flow of 4. */
  public static Path plus(Path folder, String name, double constant, double expectedOfFour)
      throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("plus")
            .addNode(node("Add", "x", "c"))
            .addInitializer(
                TensorProto.newBuilder()
                    .setName("c")
                    .setDataType(TensorProto.DataType.FLOAT.getNumber())
                    .addDims(1)
                    .addFloatData((float) constant));
    return write(folder, name, graph, expectedOfFour);
  }

  /** Scores the root of the flow: NaN for what is negative. */
  public static Path root(Path folder, String name) throws IOException {
    return write(
        folder, name, GraphProto.newBuilder().setName("root").addNode(node("Sqrt", "x")), 2);
  }

  /**
   * Scores twice the flow, by a product of two square matrices of that size: some seconds for 2 000
   * in one node, which nobody can end. Of whole numbers, so that it is slow on every machine.
   */
  public static Path heavy(Path folder, String name, String timeOut) throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("heavy")
            .addNode(named("ReduceMax", "most", "x").addAttribute(number("keepdims", 0)))
            .addNode(named("Cast", "size", "most").addAttribute(number("to", INT64)))
            .addInitializer(whole("zero", 0))
            .addNode(named("Unsqueeze", "sizes", "size", "zero"))
            .addNode(named("Concat", "square", "sizes", "sizes").addAttribute(number("axis", 0)))
            .addNode(named("ConstantOfShape", "matrix", "square").addAttribute(ones()))
            .addNode(named("MatMul", "product", "matrix", "matrix"))
            .addNode(named("ReduceMax", "whole", "product").addAttribute(number("keepdims", 0)))
            .addNode(named("Cast", "again", "whole").addAttribute(number("to", FLOAT)))
            .addNode(node("Add", "x", "again"));
    return write(folder, name, graph, 8, timeOut);
  }

  /** Gives two scores for each row, where the manifest says one. */
  public static Path wide(Path folder, String name) throws IOException {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("wide")
            .addNode(node("Concat", "x", "x").toBuilder().addAttribute(number("axis", 1)));
    return write(folder, name, graph, 4, PLENTY);
  }

  private static NodeProto.Builder named(String operator, String output, String... inputs) {
    return node(operator, inputs).toBuilder().setOutput(0, output);
  }

  private static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto ones() {
    return AttributeProto.newBuilder()
        .setName("value")
        .setType(AttributeProto.AttributeType.TENSOR)
        .setT(TensorProto.newBuilder().setDataType(INT64).addDims(1).addInt64Data(1))
        .build();
  }

  private static TensorProto whole(String name, long value) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(INT64)
        .addDims(1)
        .addInt64Data(value)
        .build();
  }

  private static Path write(
      Path folder, String name, GraphProto.Builder graph, double expectedOfFour)
      throws IOException {
    return write(folder, name, graph, expectedOfFour, PLENTY);
  }

  private static Path write(
      Path folder, String name, GraphProto.Builder graph, double expectedOfFour, String timeOut)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema": 1, "name": "%s", "version": "1",
         "input": {"kind": "latest-vector", "series": ["{device}/flow"]},
         "tensors": {"input": "x", "output": "y"}, "outputs": [{"name": "level"}],
         "limits": {"timeout": "%s"}}
        """
            .formatted(name, timeOut));
    Files.writeString(
        folder.resolve("golden.json"),
        """
        {"schema": 1, "model": "%s", "vectors": [{"name": "four", "subject": "a",
          "readings": ["a/flow,1000000,4"], "expected": [{"time": 1000000, "scores": [%s]}]}]}
        """
            .formatted(name, expectedOfFour));
    Files.write(
        folder.resolve("model.onnx"),
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setGraph(graph.addInput(value("x")).addOutput(value("y")))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
            .build()
            .toByteArray());
    return folder;
  }

  private static NodeProto node(String operator, String... inputs) {
    var node = NodeProto.newBuilder().setOpType(operator).addOutput("y");
    for (String input : inputs) {
      node.addInput(input);
    }
    return node.build();
  }

  private static ValueInfoProto value(String name) {
    var shape =
        TensorShapeProto.newBuilder()
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("n"))
            .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(1));
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
