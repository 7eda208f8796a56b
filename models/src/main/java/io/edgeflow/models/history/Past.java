package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.prepare.RowSink;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is known of a plant's past: its readings, or only what became of each minute. */
public sealed interface Past permits History, Minutes {
  /** How many readings or minutes. */
  int size();

  default boolean isEmpty() {
    return size() == 0;
  }

  Past only(Predicate<SeriesName> series);

  /** From the first to the last, in microseconds. */
  long lengthMicros();

  /**
   * A first look at each series.
   *
   * @param statistics to look at, where there are only minutes
   */
  Map<SeriesName, Looked> look(List<Input.Statistic> statistics);

  /**
   * Makes the rows that an edge would have made.
   *
   * @param sinks asked once for each subject
   * @param afterEach called between two readings or minutes
   * @throws IllegalArgumentException if the manifest wants what this past does not tell ({@link
   *     Minutes#lacks})
   */
  <X extends Exception> void prepare(
      Manifest manifest, Parameters parameters, Function<String, RowSink> sinks, Step<X> afterEach)
      throws X;

  /** Readings that golden vectors can be made of: these, or such as make minutes like these. */
  History asReadings();

  /**
   * One series.
   *
   * @param columns the good values of each statistic; of readings there is one column
   * @param intervalMicros from one to the next, typically
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Looked(double[][] columns, double intervalMicros) {}

  /** Something that may fail. */
  @FunctionalInterface
  interface Step<X extends Exception> {
    void run() throws X;
  }
}
