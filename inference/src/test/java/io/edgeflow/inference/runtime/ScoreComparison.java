package io.edgeflow.inference.runtime;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.edgeflow.inference.guard.Guard;
import io.edgeflow.inference.guard.GuardSettings;
import io.edgeflow.inference.guard.ModelThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What scoring costs over calling ONNX Runtime directly, on a 16-8-16 network. <i>bare</i> is the
 * session alone, with a tensor that is made once and rows and scores that nobody moves;
 * <i>direct</i> takes an array and gives one, as a user of the library would.
 */
public final class ScoreComparison {
  private static final int ROW = 16;
  private static final List<Integer> BATCHES = List.of(1, 64, 1024);
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = 100_000_000;

  /** One way to score the rows it was made with. */
  @FunctionalInterface
  interface Call {
    void run() throws Exception;
  }

  private ScoreComparison() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("score-comparison");
    Path graph = directory.resolve("model.onnx");
    Files.write(graph, TestGraphs.autoencoder(ROW, 8, new Random(1)));
    try {
      System.out.println(ScoringRuntime.open(RuntimeSettings.defaults()));
      for (int batch : BATCHES) {
        System.out.println(line(graph, batch));
      }
    } finally {
      Files.delete(graph);
      Files.delete(directory);
    }
  }

  private static String line(Path graph, int batch) throws Exception {
    float[] rows = new float[batch * ROW];
    Arrays.fill(rows, 0.5f);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (var settings = options();
        OrtSession session = environment.createSession(Files.readAllBytes(graph), settings);
        OnnxTensor tensor = tensor(environment, batch);
        Scorer ours = TestRuntime.get().load(graph, TestRuntime.spec(ROW));
        Scorer guarded = guarded(graph);
        Model djl = djl(graph);
        NDManager manager = djl.getNDManager().newSubManager()) {
      Block block = djl.getBlock();
      double[] micros =
          median(
              List.of(
                  () -> session.run(Map.of("x", tensor)).close(),
                  () -> direct(environment, session, rows, batch),
                  () -> ours.score(rows, batch),
                  () -> throughDjl(manager, block, rows, batch),
                  () -> guarded.score(rows, batch)));
      return ("batch %4d: bare %.2f us, direct %.2f us, score %.2f us, DJL %.2f us, guarded %.2f"
              + " us; score is %.2f of direct, %.2f of bare; DJL is %.2f of direct")
          .formatted(
              batch,
              micros[0],
              micros[1],
              micros[2],
              micros[3],
              micros[4],
              micros[2] / micros[1],
              micros[2] / micros[0],
              micros[3] / micros[1]);
    }
  }

  /** On the model's own thread, with a time-out and a breaker: what a slot calls. */
  private static Scorer guarded(Path graph) throws IOException, ModelRefusedException {
    var guard = new Guard(TestRuntime.get(), GuardSettings.DEFAULT, new ModelThreads(1), _ -> {});
    return guard.inProcess("model", graph, TestRuntime.spec(ROW));
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    var options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(ThreadBudget.halfTheCores().perCall());
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    return options;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, int batch) throws OrtException {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(batch * ROW * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    return OnnxTensor.createTensor(environment, buffer, new long[] {batch, ROW});
  }

  private static float[] direct(
      OrtEnvironment environment, OrtSession session, float[] rows, int batch) throws OrtException {
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), new long[] {batch, ROW});
        OrtSession.Result result = session.run(Map.of("x", tensor))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  private static Model djl(Path graph) throws Exception {
    Model model = Model.newInstance("model", "OnnxRuntime");
    model.load(
        graph.getParent(),
        "model",
        Map.of("intraOpNumThreads", Integer.toString(ThreadBudget.halfTheCores().perCall())));
    return model;
  }

  private static float[] throughDjl(NDManager parent, Block block, float[] rows, int batch) {
    try (NDManager manager = parent.newSubManager()) {
      NDArray input = manager.create(rows, new Shape(batch, ROW));
      var parameters = new ParameterStore(manager, false);
      return block.forward(parameters, new NDList(input), false).get(0).toFloatArray();
    }
  }

  /** Turn by turn, so that what the machine does besides falls on all of them. */
  private static double[] median(List<Call> calls) throws Exception {
    double[][] micros = new double[calls.size()][ROUNDS];
    for (int round = -3; round < ROUNDS; round++) {
      for (int i = 0; i < calls.size(); i++) {
        double one = micros(calls.get(i));
        if (round >= 0) {
          micros[i][round] = one;
        }
      }
    }
    return Arrays.stream(micros).mapToDouble(ScoreComparison::middle).toArray();
  }

  private static double middle(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static double micros(Call call) throws Exception {
    long start = System.nanoTime();
    long times = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      for (int i = 0; i < 16; i++) {
        call.run();
      }
      times += 16;
    }
    return (System.nanoTime() - start) / 1e3 / times;
  }
}
