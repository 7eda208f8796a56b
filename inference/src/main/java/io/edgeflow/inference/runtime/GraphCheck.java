package io.edgeflow.inference.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Holds what a graph declares against what is expected of it, before the first row. */
final class GraphCheck {
  private final ModelSpec spec;
  private final Map<String, NodeInfo> inputs;
  private final Map<String, NodeInfo> outputs;

  private GraphCheck(ModelSpec spec, OrtSession session) throws OrtException {
    this.spec = spec;
    this.inputs = session.getInputInfo();
    this.outputs = session.getOutputInfo();
  }

  /**
   * @return how many rows one call of the graph may have
   * @throws ModelRefusedException if it does not fit, with what it really has
   */
  static int check(ModelSpec spec, OrtSession session) throws OrtException, ModelRefusedException {
    var check = new GraphCheck(spec, session);
    check.checkOutput();
    return check.checkInput() == 1 ? 1 : spec.limits().maxBatch();
  }

  /**
   * @return the batch dimension, -1 if it is open
   */
  private long checkInput() throws ModelRefusedException {
    long[] shape = floats(inputs, spec.input(), "input");
    if (inputs.size() > 1) {
      throw refusal("it needs more inputs than " + spec.input());
    }
    if (shape.length != spec.rowShape().size() + 1) {
      throw refusal("the input has other dimensions than [n, rows of " + spec.rowShape() + "]");
    }
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] >= 0 && shape[i] != spec.rowShape().get(i - 1)) {
        throw refusal("the input's rows are not " + spec.rowShape());
      }
    }
    if (shape[0] >= 0 && shape[0] != 1) {
      throw refusal("it takes batches of " + shape[0] + " rows only; leave the dimension open");
    }
    return shape[0];
  }

  private void checkOutput() throws ModelRefusedException {
    long[] shape = floats(outputs, spec.output(), "output");
    long values =
        Arrays.stream(shape).skip(1).filter(length -> length >= 0).reduce(1, (a, b) -> a * b);
    boolean open = Arrays.stream(shape).skip(1).anyMatch(length -> length < 0);
    if (open ? values == 0 || spec.outputs() % values != 0 : values != spec.outputs()) {
      throw refusal("the output has not " + spec.outputs() + " values a row");
    }
    if (shape.length == 0) {
      throw refusal("the output is one value for all rows");
    }
  }

  private long[] floats(Map<String, NodeInfo> nodes, String name, String kind)
      throws ModelRefusedException {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw refusal("no " + kind + " is named " + name);
    }
    if (!(node.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
      throw refusal("the " + kind + " " + name + " is no tensor of float32");
    }
    return tensor.getShape();
  }

  private ModelRefusedException refusal(String what) {
    return new ModelRefusedException(
        "%s. The graph has the inputs %s and the outputs %s"
            .formatted(what, words(inputs), words(outputs)));
  }

  private static String words(Map<String, NodeInfo> nodes) {
    var words = new TreeMap<String, String>();
    nodes.forEach((name, node) -> words.put(name, words(node.getInfo())));
    return words.toString();
  }

  private static String words(ValueInfo info) {
    return info instanceof TensorInfo tensor
        ? tensor.type + Arrays.toString(tensor.getShape())
        : info.getClass().getSimpleName();
  }
}
