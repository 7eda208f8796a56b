package io.edgeflow.cloud.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.process.http.Json;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of frames as {@code docs/kafka.md} describes them. Stateless. */
final class StoredRows {
  /**
   * A window, or what came late for one: whoever adds up merges those of equal series, time and
   * span.
   *
   * @param frame with the row: what a record is known by, should it come twice
   * @param timeMicros where it begins
   * @param count every reading; {@code valued} of them carry a value
   */
  record StoredWindow(
      String edge,
      String series,
      String kind,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String unit,
      String frame,
      int row,
      long timeMicros,
      long spanMicros,
      long count,
      long valued,
      long uncertain,
      long stale,
      long bad,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Values values) {}

  /** Of the readings that carry a value. */
  record Values(
      double min,
      double max,
      double sum,
      double m2,
      double first,
      long firstMicros,
      double last,
      long lastMicros) {}

  /**
   * @param series empty if it is about none
   */
  record StoredEvent(
      String edge,
      String frame,
      int row,
      long timeMicros,
      String severity,
      String type,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String series,
      String message,
      Map<String, String> detail) {}

  private StoredRows() {}

  static byte[] window(Frame frame, int row) {
    WindowRow stored = frame.windows().get(row);
    SeriesEntry series = frame.series().get(stored.series());
    Window window = stored.window();
    return bytes(
        new StoredWindow(
            frame.edge(),
            series.name(),
            series.kind().name().toLowerCase(Locale.ROOT),
            series.unit(),
            frame.id().toString(),
            row,
            window.startMicros(),
            window.lengthMicros(),
            window.count(),
            window.valued(),
            window.uncertain(),
            window.stale(),
            window.bad(),
            window.valued() == 0 ? null : values(window)));
  }

  private static Values values(Window window) {
    return new Values(
        window.min(),
        window.max(),
        window.sum(),
        window.m2(),
        window.first(),
        window.firstMicros(),
        window.last(),
        window.lastMicros());
  }

  static byte[] event(Frame frame, int row) {
    EventRow stored = frame.events().get(row);
    return bytes(
        new StoredEvent(
            frame.edge(),
            frame.id().toString(),
            row,
            stored.timeMicros(),
            stored.severity().name().toLowerCase(Locale.ROOT),
            stored.type(),
            stored.series(),
            stored.message(),
            stored.detail()));
  }

  private static byte[] bytes(Object row) {
    return Json.text(row).getBytes(UTF_8);
  }
}
