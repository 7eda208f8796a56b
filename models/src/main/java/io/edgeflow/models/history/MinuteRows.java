package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.inference.bundle.Input;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Scaling;
import io.edgeflow.inference.bundle.Tensors;
import io.edgeflow.inference.prepare.RowSink;
import io.edgeflow.inference.prepare.Subjects;
import io.edgeflow.inference.prepare.Withheld;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes rows of whole minutes by the preparation that folds readings to minutes: what a minute's
 * statistic is, is the mean of one reading of that value. So each statistic has a preparation of
 * its own, and what they make at one time is put together. Gaps, scaling and rows are thereby those
 * of the edge.
 */
final class MinuteRows {
  private final Input.MinuteFeatures input;
  private final List<Subjects> byStatistic = new ArrayList<>();
  private final Map<String, Parts> parts = new TreeMap<>();
  private final Function<String, RowSink> sinks;

  MinuteRows(Manifest manifest, Parameters parameters, Function<String, RowSink> sinks) {
    this.input = (Input.MinuteFeatures) manifest.input();
    this.sinks = sinks;
    for (int i = 0; i < input.statistics().size(); i++) {
      int which = i;
      byStatistic.add(
          new Subjects(
              oneStatistic(manifest),
              only(parameters, which),
              subject -> parts(subject).sink(which)));
    }
  }

  private Parts parts(String subject) {
    return parts.computeIfAbsent(subject, name -> new Parts(sinks.apply(name)));
  }

  void accept(Minute minute) {
    if (minute.count() < input.minCount()) {
      return;
    }
    // The last moment of the minute: when a gap after it is too long does not depend on when in
    // the minute its last reading came.
    long time = minute.startMicros() + Minute.MICROS - 1;
    for (int i = 0; i < byStatistic.size(); i++) {
      double value =
          minute.quality().carriesValue() ? minute.of(input.statistics().get(i)) : Double.NaN;
      byStatistic.get(i).feed(minute.series()).accept(time, value, minute.quality());
    }
  }

  private Manifest oneStatistic(Manifest whole) {
    return new Manifest(
        whole.schema(),
        whole.name(),
        whole.version(),
        whole.runtime(),
        whole.description(),
        whole.devices(),
        new Input.MinuteFeatures(input.series(), List.of(Input.Statistic.MEAN), input.minutes(), 1),
        whole.preparation(),
        new Tensors("input", "output", List.of()),
        whole.outputs(),
        whole.thresholds(),
        whole.limits(),
        List.of(),
        whole.gates());
  }

  private Parameters only(Parameters whole, int which) {
    Map<String, Parameters.Local> locals =
        whole.devices().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    one ->
                        new Parameters.Local(
                            only(one.getValue().normalisation(), which),
                            one.getValue().thresholds())));
    return new Parameters(
        whole.schema(),
        whole.model(),
        whole.version(),
        only(whole.normalisation(), which),
        whole.thresholds(),
        locals);
  }

  private List<Scaling> only(List<Scaling> columns, int which) {
    List<Scaling> chosen = new ArrayList<>();
    for (int i = which; i < columns.size(); i += input.statistics().size()) {
      chosen.add(columns.get(i));
    }
    return chosen;
  }

  /** What the preparations say of one subject: at each time all of them, one after the other. */
  private final class Parts {
    private final RowSink whole;
    private final List<Deque<Part>> waiting = new ArrayList<>();

    Parts(RowSink whole) {
      this.whole = whole;
      for (int i = 0; i < input.statistics().size(); i++) {
        waiting.add(new ArrayDeque<>());
      }
    }

    RowSink sink(int which) {
      return new RowSink() {
        @Override
        public void row(long timeMicros, float[] row, Quality quality, int filled) {
          add(which, new Part(timeMicros, row.clone(), quality, filled, Withheld.GAP));
        }

        @Override
        public void withheld(long timeMicros, Withheld why) {
          add(which, new Part(timeMicros, new float[0], Quality.GOOD, 0, why));
        }
      };
    }

    private void add(int which, Part part) {
      waiting.get(which).add(part);
      while (waiting.stream().noneMatch(Deque::isEmpty)) {
        emit(waiting.stream().map(Deque::remove).toList());
      }
    }

    private void emit(List<Part> all) {
      Part first = all.getFirst();
      for (Part one : all) {
        if (one.timeMicros != first.timeMicros) {
          throw new IllegalStateException("the statistics of a minute do not belong together");
        }
        if (one.row.length == 0) {
          whole.withheld(one.timeMicros, one.why);
          return;
        }
      }
      whole.row(first.timeMicros, interleaved(all), first.quality, first.filled);
    }

    private float[] interleaved(List<Part> all) {
      float[] row = new float[all.size() * all.getFirst().row.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = all.get(i % all.size()).row[i / all.size()];
      }
      return row;
    }
  }

  /**
   * @param row empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Part(long timeMicros, float[] row, Quality quality, int filled, Withheld why) {}
}
