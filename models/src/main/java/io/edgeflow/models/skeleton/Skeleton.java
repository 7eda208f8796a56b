package io.edgeflow.models.skeleton;

import io.edgeflow.inference.bundle.GapRule;
import io.edgeflow.inference.bundle.Gates;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Limits;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Normalisation;
import io.edgeflow.inference.bundle.Output;
import io.edgeflow.inference.bundle.Preparation;
import io.edgeflow.inference.bundle.QualityRule;
import io.edgeflow.inference.bundle.Resampling;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.bundle.Tensors;
import io.edgeflow.process.settings.ByteSize;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A manifest for a graph: what the graph tells is in it, what only its maker knows has a default
 * and is named in the description.
 *
 * @param name of the model
 * @param series empty: a series that nobody has stands for what is to be filled in
 * @param kind empty: what fits the number of series
 */
public record Skeleton(
    String name, GraphShape graph, long bytes, List<Selector> series, Optional<Kind> kind) {
  /** Which series nobody has. */
  public static final Selector TO_BE_NAMED = new Selector("device/point");

  private static final int MAX_BATCH = 256;

  /** What may be copied for a call. */
  private static final int MAX_BATCH_VALUES = 1 << 24;

  /** What makes a row. */
  public enum Kind {
    SLIDING_WINDOW,
    LATEST_VECTOR,
    MINUTE_FEATURES
  }

  public Skeleton {
    series = List.copyOf(series);
  }

  /**
   * @throws UnservableException if these series make no row for this graph
   */
  public Manifest manifest() throws UnservableException {
    Input input = input();
    int batch = Math.clamp(MAX_BATCH_VALUES / graph.rowLength(), 1, MAX_BATCH);
    return new Manifest(
        Manifest.SCHEMA,
        name,
        "1.0.0",
        Manifest.ModelRuntime.ONNX,
        description(),
        List.of(),
        input,
        preparation(),
        new Tensors(graph.input(), graph.output(), graph.rowShape()),
        outputs(),
        List.of(),
        new Limits(Duration.ofSeconds(1), memory(), graph.openBatch() ? batch : 1),
        List.of(),
        Gates.STANDARD);
  }

  private Input input() throws UnservableException {
    int row = graph.rowLength();
    return switch (kind()
        .orElseGet(() -> series.size() > 1 ? Kind.LATEST_VECTOR : Kind.SLIDING_WINDOW)) {
      case SLIDING_WINDOW -> {
        require(series.size() <= 1, "a sliding window is of one series, or of one pattern");
        yield new Input.SlidingWindow(
            series.isEmpty() ? TO_BE_NAMED : series.getFirst(), row, Math.max(1, row / 4));
      }
      case LATEST_VECTOR -> {
        require(
            series.size() == row,
            "a row of this graph has %d values, so name %d series, not %d"
                .formatted(row, row, series.size()));
        yield checked(() -> new Input.LatestVector(series));
      }
      case MINUTE_FEATURES -> {
        require(
            !series.isEmpty() && row % series.size() == 0,
            "a row of this graph has %d values, which %d series do not divide"
                .formatted(row, series.size()));
        yield checked(
            () ->
                new Input.MinuteFeatures(
                    series, List.of(Input.Statistic.MEAN), row / series.size(), 1));
      }
    };
  }

  private static Input checked(Supplier<Input> made) throws UnservableException {
    try {
      return made.get();
    } catch (IllegalArgumentException broken) {
      throw new UnservableException("--series: " + broken.getMessage());
    }
  }

  private static void require(boolean met, String otherwise) throws UnservableException {
    if (!met) {
      throw new UnservableException(otherwise);
    }
  }

  private static Preparation preparation() {
    return new Preparation(
        new Resampling(Resampling.Method.NONE, Optional.empty(), Duration.ofSeconds(1)),
        new GapRule(Duration.ofMinutes(1), GapRule.Fill.HOLD),
        new QualityRule(
            QualityRule.Treatment.USE, QualityRule.Treatment.REFUSE, QualityRule.Treatment.REFUSE),
        new Normalisation(Normalisation.Mode.NONE, Optional.empty()));
  }

  private List<Output> outputs() {
    return graph.outputs() == 1
        ? List.of(output("score"))
        : IntStream.rangeClosed(1, graph.outputs()).mapToObj(i -> output("output-" + i)).toList();
  }

  private static Output output(String name) {
    return new Output(name, "", Output.Meaning.SCORE, "");
  }

  private ByteSize memory() {
    return new ByteSize(Math.clamp(4 * bytes, 64L << 20, 64L << 30));
  }

  private String description() {
    return "TO BE FILLED IN: what this model detects, how well, and on what it was trained. Then"
        + " look at: input (which series, and whether a row is a window of one series, the latest"
        + " values of several, or minutes); preparation (the sampling, the treatment of gaps and"
        + " the scaling that the model was trained with); outputs (their names, units and"
        + " meanings); thresholds (none yet, so nothing would be an alarm).";
  }

  /** What a person is told who has to fill it in. */
  public String readMe() {
    return """
    # %s

    Begun by `edgeflow model init`. The graph takes rows of %s values at `%s` and gives %d at `%s`.

    1. Fill in `manifest.json`; docs/models.md explains every key. What the graph does not tell:
       which series make a row (`input`), how they were sampled and scaled when the model was
       trained (`preparation`), what the outputs are called and mean, and `thresholds`.
    2. Record golden vectors from real readings (CSV: series,time,value and quality):
       `edgeflow model init THIS-FOLDER --csv readings.csv`. They are what this model answers
       here; compare some of the scores with those of the software that it was trained in.
    3. `edgeflow model inspect THIS-FOLDER`, then `edgeflow model backtest THIS-FOLDER --from ...`
    """
        .formatted(name, graph.rowShape(), graph.input(), graph.outputs(), graph.output());
  }
}
