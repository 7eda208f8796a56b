package io.edgeflow.gateway.scoring;

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

  private static Path write(
      Path folder, String name, GraphProto.Builder graph, double expectedOfFour)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema": 1, "name": "%s", "version": "1",
         "input": {"kind": "latest-vector", "series": ["{device}/flow"]},
         "tensors": {"input": "x", "output": "y"}, "outputs": [{"name": "level"}],
         "limits": {"timeout": "30s"}}
        """
            .formatted(name));
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
