package io.edgeflow.models.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.pump.SimulatedPump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitCommandTest {
  @TempDir static Path files;

  /** Ten minutes of a pump, seed 21. */
  @BeforeAll
  static void write() throws IOException {
    String lines =
        new SimulatedPump(21, 0)
            .readings(1, List.of()).between(0, 600_000_000).readings().stream()
                .map(InitCommandTest::line)
                .collect(Collectors.joining("\n", "series,time,value\n", "\n"));
    Files.writeString(files.resolve("readings.csv"), lines);
  }

  private static String line(GoldenReading one) {
    return one.series() + "," + one.timeMicros() / 1_000 + "," + one.value();
  }

  @Test
  void aGraphAndReadingsMakeABundleAtOnce() throws IOException {
    Path bundle = files.resolve("vector");
    Ran made =
        init(
            absolute("batch", "2"),
            bundle,
            "--series={device}/flow,{device}/pressure",
            "--csv=" + files.resolve("readings.csv"));
    assertEquals(0, made.code(), made::err);
    assertTrue(made.out().contains("all as expected"), made::out);
    JsonNode shown = shown(bundle);
    assertTrue(shown.get("works").asBoolean());
    assertEquals("LatestVector", shown.get("input").asText());
    assertEquals(2, shown.get("outputs").size());
    assertTrue(shown.get("description").asText().startsWith("TO BE FILLED IN"));
  }

  /** The way of somebody who has to think about the manifest first. */
  @Test
  void aManifestIsFilledInBeforeGoldenVectorsAreRecorded() throws IOException {
    Path bundle = files.resolve("window");
    Ran begun = init(absolute("batch", "1", "64"), bundle);
    assertEquals(0, begun.code(), begun::err);
    assertTrue(begun.out().contains("edgeflow model init " + bundle), begun::out);
    assertEquals(1, Ran.of("inspect", bundle.toString()).code(), "no golden vectors yet");

    String csv = "--csv=" + files.resolve("readings.csv");
    Ran early = Ran.of("init", bundle.toString(), csv);
    assertEquals(1, early.code());
    assertTrue(early.err().contains("none of the series [device/point]"), early::err);

    Path manifest = bundle.resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("device/point", "pump-*/flow"));
    Ran recorded = Ran.of("init", bundle.toString(), csv, "--json");
    assertEquals(0, recorded.code(), recorded::err);
    assertTrue(shown(bundle).get("works").asBoolean());
    Ran again = Ran.of("init", bundle.toString(), csv);
    assertEquals(1, again.code());
    assertTrue(again.err().contains("is there already"), again::err);

    Files.delete(bundle.resolve("golden.json"));
    Files.writeString(manifest, text.replace("sliding-window", "slipping-window"));
    Ran broken = Ran.of("init", bundle.toString(), csv);
    assertEquals(1, broken.code());
    assertTrue(broken.err().contains("input.kind"), broken::err);
  }

  @Test
  void aBatchOfOneAndMinutesAreTakenToo() throws IOException {
    Path bundle = files.resolve("minutes");
    Ran made =
        init(
            absolute("1", "6"),
            bundle,
            "--series={device}/flow,{device}/pressure",
            "--kind=minute-features",
            "--csv=" + files.resolve("readings.csv"));
    assertEquals(0, made.code(), made::err);
    assertEquals("MinuteFeatures", shown(bundle).get("input").asText());
    JsonNode manifest =
        new ObjectMapper().readTree(Files.readString(bundle.resolve("manifest.json")));
    assertEquals(3, manifest.at("/input/minutes").asInt());
    assertEquals(1, manifest.at("/limits/maxBatch").asInt());
  }

  @Test
  void whatCannotBeServedIsSaidAndLeavesNothing() throws IOException {
    var two = value("other", DataType.FLOAT, "batch", "3");
    var x = value("x", DataType.FLOAT, "batch", "3");
    var y = value("y", DataType.FLOAT, "batch", "3");
    assertRefused("one input", graph("Add", y, x, two));
    assertRefused(
        "float32; this is x (double batch × 3)",
        graph("Abs", y, value("x", DataType.DOUBLE, "batch", "3")));
    assertRefused("the first axis of the input must be the batch", absolute("64", "3"));
    assertRefused("--length", absolute("batch", "steps"));
    assertRefused("1 to 4 axes more", absolute("batch"));
    assertRefused(
        "no output is a tensor of float32", graph("Abs", value("y", DataType.INT64, "b"), x));
    assertRefused("no ONNX file", new byte[] {1, 2, 3});
    assertRefused("does not take it", graph("NoSuchOperator", y, x));
    assertRefused("name 3 series, not 2", absolute("batch", "3"), "--series={device}/a,{device}/b");
    assertRefused("hold one of {device}", absolute("batch", "2"), "--series=p/a,p/b");
    Ran noKind = init(absolute("batch", "3"), files.resolve("no"), "--kind=matrix");
    assertEquals(2, noKind.code());
    assertEquals(2, Ran.of("init", files.resolve("nowhere.onnx").toString()).code());
    assertEquals(2, Ran.of("init", files.toString()).code(), "a folder without --csv");
  }

  @Test
  void anOpenAxisIsAsLongAsItIsSaidToBe() throws IOException {
    Path bundle = files.resolve("open");
    byte[] graph = absolute("batch", "1", "steps");
    assertRefused("give scores of the shape [1, 1, 32]", graph, "--length=32");
    Ran made = init(graph, bundle, "--length=32", "--outputs=32");
    assertEquals(0, made.code(), made::err);
    assertTrue(made.out().contains("rowLength: 32"), made::out);
  }

  private static void assertRefused(String words, byte[] graph, String... more) throws IOException {
    Path bundle = files.resolve("refused");
    Ran ran = init(graph, bundle, more);
    assertEquals(1, ran.code(), ran::err);
    assertTrue(ran.err().contains(words), ran::err);
    assertFalse(Files.exists(bundle), ran::err);
  }

  private static Ran init(byte[] graph, Path out, String... more) throws IOException {
    Path file = Files.write(files.resolve("graph.onnx"), graph);
    List<String> all = new ArrayList<>(List.of("init", file.toString(), "--out=" + out));
    all.addAll(List.of(more));
    return Ran.of(all.toArray(String[]::new));
  }

  private static JsonNode shown(Path bundle) throws IOException {
    Ran ran = Ran.of("inspect", bundle.toString(), "--json");
    assertEquals(0, ran.code(), ran::err);
    return new ObjectMapper().readTree(ran.out());
  }

  /** The magnitude of everything; an axis that is no number is open. */
  private static byte[] absolute(String... axes) {
    return graph("Abs", value("y", DataType.FLOAT, axes), value("x", DataType.FLOAT, axes));
  }

  private static byte[] graph(String operator, ValueInfoProto output, ValueInfoProto... inputs) {
    var node = NodeProto.newBuilder().setOpType(operator).addOutput(output.getName());
    var graph = GraphProto.newBuilder().setName("g").addOutput(output);
    for (ValueInfoProto input : inputs) {
      node.addInput(input.getName());
      graph.addInput(input);
    }
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
        .setGraph(graph.addNode(node))
        .build()
        .toByteArray();
  }

  private static ValueInfoProto value(String name, DataType type, String... axes) {
    var shape = TensorShapeProto.newBuilder();
    for (String axis : axes) {
      shape.addDim(
          axis.matches("\\d+")
              ? Dimension.newBuilder().setDimValue(Long.parseLong(axis))
              : Dimension.newBuilder().setDimParam(axis));
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
