package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Heard;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.capture.SpokenValue;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Hears a host as the recorder would, and remembers all of it. */
final class Ear implements Heard {
  /** An event without its time. */
  record Told(String type, String message, SortedMap<String, String> detail) {}

  final List<SpokenValue> values = new ArrayList<>();
  final List<Told> events = new ArrayList<>();
  final List<RejectReason> rejects = new ArrayList<>();

  /** What was said again, with its quality. */
  final List<String> again = new ArrayList<>();

  private final Map<String, Quality> last = new HashMap<>();
  Consumer<SpokenValue> each = value -> {};

  @Override
  public boolean value(SpokenValue value) {
    values.add(value);
    last.put(value.series(), value.quality());
    each.accept(value);
    return true;
  }

  @Override
  public void again(String series, long stampMicros, Quality quality) {
    if (last.containsKey(series) && last.put(series, quality) != quality) {
      again.add(series + " " + quality);
    }
  }

  @Override
  public void silent(Collection<String> series) {
    series.forEach(one -> again(one, 0, Quality.STALE));
  }

  @Override
  public void reject(RejectReason reason, String detail) {
    rejects.add(reason);
  }

  @Override
  public void event(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    events.add(new Told(type, message, detail));
  }

  /** The series of the values that were taken since the last call. */
  List<String> taken() {
    List<String> series = values.stream().map(SpokenValue::series).toList();
    values.clear();
    return series;
  }

  long count(String type) {
    return events.stream().filter(event -> event.type().equals(type)).count();
  }
}
