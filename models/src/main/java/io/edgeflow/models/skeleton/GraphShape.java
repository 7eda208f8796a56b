package io.edgeflow.models.skeleton;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.edgeflow.inference.bundle.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a graph declares of its input and output, where it can be served.
 *
 * @param rowShape of a row at the input, without the batch
 * @param outputs values in a row at the output, as far as it is declared
 * @param openBatch whether it takes any number of rows; else one
 */
public record GraphShape(
    String input, List<Integer> rowShape, String output, int outputs, boolean openBatch) {
  private static final int MAX_AXES = 4;
  private static final int MAX_OUTPUTS = 64;

  /**
   * @param length what an axis of the input that is open stands for, besides the batch
   * @param wantedOutputs values a row where the output does not declare them
   * @throws UnservableException if it cannot be served, with what it has and what to do
   */
  public static GraphShape of(byte[] onnx, OptionalInt length, OptionalInt wantedOutputs)
      throws UnservableException {
    GraphProto graph;
    try {
      graph = ModelProto.parseFrom(onnx).getGraph();
    } catch (InvalidProtocolBufferException foreign) {
      throw new UnservableException("this is no ONNX file: " + foreign.getMessage());
    }
    if (graph.getNodeCount() == 0) {
      throw new UnservableException("this is no ONNX file, or its graph is empty");
    }
    ValueInfoProto input = onlyInput(graph);
    ValueInfoProto output = output(graph);
    List<Dimension> axes = axes(input);
    boolean open = openBatch(input, axes.getFirst());
    return new GraphShape(
        input.getName(),
        rowShape(input, axes.subList(1, axes.size()), length),
        output.getName(),
        values(axes(output), wantedOutputs),
        open);
  }

  /** Values in a row. */
  public int rowLength() {
    return rowShape.stream().reduce(1, Math::multiplyExact);
  }

  /** Old exporters list weights among the inputs. */
  private static ValueInfoProto onlyInput(GraphProto graph) throws UnservableException {
    Set<String> weights =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(one -> !weights.contains(one.getName())).toList();
    if (inputs.size() != 1) {
      throw new UnservableException(
          "a graph must have one input, which takes rows; this has %d: %s. Concatenate them within"
                  .formatted(inputs.size(), words(inputs))
              + " the graph and export it again");
    }
    if (!isFloats(inputs.getFirst())) {
      throw new UnservableException(
          "the input must be of float32; this is %s. Cast it within the graph and export it again"
              .formatted(words(inputs)));
    }
    return inputs.getFirst();
  }

  private static ValueInfoProto output(GraphProto graph) throws UnservableException {
    return graph.getOutputList().stream()
        .filter(one -> isFloats(one) && !axes(one).isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new UnservableException(
                    "no output is a tensor of float32 whose first axis is the batch; there are "
                        + words(graph.getOutputList())));
  }

  private static boolean openBatch(ValueInfoProto input, Dimension batch)
      throws UnservableException {
    if (batch.hasDimValue() && batch.getDimValue() != 1) {
      throw new UnservableException(
          ("the first axis of the input must be the batch, open or 1; this is %s. Export it again"
                  + " with a batch axis that is open (dynamic_axes of torch.onnx.export)")
              .formatted(words(List.of(input))));
    }
    return !batch.hasDimValue();
  }

  private static List<Integer> rowShape(
      ValueInfoProto input, List<Dimension> axes, OptionalInt length) throws UnservableException {
    if (axes.isEmpty() || axes.size() > MAX_AXES) {
      throw new UnservableException(
          "the input must have the batch and 1 to %d axes more; this is %s"
              .formatted(MAX_AXES, words(List.of(input))));
    }
    List<Integer> shape = new ArrayList<>();
    long values = 1;
    for (Dimension axis : axes) {
      if (!axis.hasDimValue() && length.isEmpty()) {
        throw new UnservableException(
            "besides the batch an axis of the input is open, %s: say how long it is with --length"
                .formatted(words(List.of(input))));
      }
      long size = axis.hasDimValue() ? axis.getDimValue() : length.getAsInt();
      values *= Math.max(0, Math.min(size, Input.MAX_ROW + 1L));
      if (values < 1 || values > Input.MAX_ROW) {
        throw new UnservableException(
            "a row must have 1 to %d values; this is %s"
                .formatted(Input.MAX_ROW, words(List.of(input))));
      }
      shape.add((int) size);
    }
    return shape;
  }

  /** What is not declared shows when the graph runs. */
  private static int values(List<Dimension> axes, OptionalInt wanted) throws UnservableException {
    long values = 1;
    for (Dimension axis : axes.subList(1, axes.size())) {
      values *= axis.hasDimValue() ? Math.clamp(axis.getDimValue(), 0, MAX_OUTPUTS + 1) : 1;
    }
    boolean open = axes.stream().skip(1).anyMatch(axis -> !axis.hasDimValue());
    long told = open ? wanted.orElse((int) Math.min(values, MAX_OUTPUTS)) : values;
    if (told < 1 || told > MAX_OUTPUTS) {
      throw new UnservableException(
          "a row must give 1 to %d values; the output gives %d".formatted(MAX_OUTPUTS, told));
    }
    return (int) told;
  }

  private static boolean isFloats(ValueInfoProto value) {
    return value.getType().hasTensorType()
        && value.getType().getTensorType().getElemType() == TensorProto.DataType.FLOAT.getNumber();
  }

  private static List<Dimension> axes(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList();
  }

  private static String words(List<ValueInfoProto> values) {
    return values.isEmpty()
        ? "none"
        : values.stream().map(GraphShape::words).collect(Collectors.joining(", "));
  }

  private static String words(ValueInfoProto value) {
    TypeProto type = value.getType();
    if (!type.hasTensorType()) {
      return value.getName() + " (no tensor)";
    }
    TensorProto.DataType element =
        TensorProto.DataType.forNumber(type.getTensorType().getElemType());
    String shape =
        axes(value).stream()
            .map(
                axis ->
                    axis.hasDimValue()
                        ? "" + axis.getDimValue()
                        : axis.getDimParam().isEmpty() ? "?" : axis.getDimParam())
            .collect(Collectors.joining(" × "));
    return value.getName()
        + " ("
        + (element == null ? "?" : element.name().toLowerCase(Locale.ROOT))
        + " "
        + shape
        + ")";
  }
}
