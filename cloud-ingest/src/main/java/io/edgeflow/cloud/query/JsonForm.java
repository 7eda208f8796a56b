package io.edgeflow.cloud.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.edgeflow.process.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** As JSON. */
final class JsonForm implements Form {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Grows without copying what it has. */
  private final ByteArrayBuilder out = new ByteArrayBuilder();

  private final JsonGenerator json;
  private final boolean withGaps;
  private final boolean withAnnotations;
  private final Set<Column> columns;
  private final List<Field> fields;

  /** One point. */
  private final StringBuilder text = new StringBuilder();

  private boolean added;

  JsonForm(DataQuestion question) {
    try {
      json = FACTORY.createGenerator(out);
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
    withGaps = question.gaps();
    withAnnotations = question.annotations();
    columns = question.columns();
    fields =
        columns.stream()
            .filter(column -> column != Column.TIME_IN && column != Column.PERCENT)
            .map(column -> new Field(column, ",\"" + column.word() + "\":"))
            .toList();
  }

  /**
   * @param name as it stands in a point, with what divides it from its neighbours
   */
  private record Field(Column column, String name) {}

  /** What the generator cannot fail at, because it writes to memory. */
  private interface Writing {
    void run() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.run();
    } catch (IOException never) {
      throw new UncheckedIOException(never);
    }
  }

  @Override
  public void begin(DataQuestion question, List<Source.Part> parts) {
    write(
        () -> {
          json.writeStartObject();
          json.writeStringField("step", question.step().text());
          json.writeStringField("resolution", parts.getLast().source().word());
          if (parts.size() > 1) {
            json.writeArrayFieldStart("sources");
            for (Source.Part part : parts) {
              json.writeStartObject();
              json.writeStringField("resolution", part.source().word());
              json.writeNumberField("from", part.span().from() / 1000);
              json.writeNumberField("to", part.span().to() / 1000);
              json.writeEndObject();
            }
            json.writeEndArray();
          }
          json.writeArrayFieldStart("series");
        });
  }

  @Override
  public void beginPart() {
    write(json::writeStartArray);
  }

  /** Without the bracket that it begins with. */
  @Override
  public void add(byte[] part) {
    write(
        () -> {
          json.flush();
          if (added) {
            out.write(',');
          }
          out.write(part, 1, part.length - 1);
          added = true;
        });
  }

  @Override
  public void series(SeriesRow series) {
    write(
        () -> {
          json.writeStartObject();
          json.writeStringField("name", series.path());
          json.writeStringField("unit", series.unit());
          json.writeArrayFieldStart("points");
        });
  }

  /**
   * There are tens of thousands in an answer, of numbers and words of ours alone: field by field,
   * the generator's own checks took as long as the digits.
   */
  @Override
  public void point(Slice slice, double increase, double rate) {
    text.setLength(0);
    text.append("{\"t\":").append(Math.floorDiv(slice.start(), 1000L));
    text.append(",\"span\":").append((slice.end() - slice.start()) / 1000);
    for (Field field : fields) {
      text.append(field.name());
      if (field.column() == Column.COUNT) {
        text.append(slice.count());
      } else {
        number(value(field.column(), slice, increase, rate));
      }
    }
    text.append(",\"quality\":\"").append(Point.quality(slice)).append("\"}");
    write(() -> json.writeRawValue(text.toString()));
  }

  private void number(double number) {
    if (Double.isFinite(number)) {
      text.append(number);
    } else {
      text.append("null");
    }
  }

  static double value(Column column, Slice slice, double increase, double rate) {
    return switch (column) {
      case COUNT -> slice.count();
      case MIN -> slice.min();
      case MAX -> slice.max();
      case MEAN -> slice.mean();
      case FIRST -> slice.first();
      case LAST -> slice.last();
      case SUM -> slice.valued() == 0 ? Double.NaN : slice.sum();
      case STDDEV -> slice.stddev();
      case INCREASE -> increase;
      case RATE -> rate;
      case TIME_IN, PERCENT -> Double.NaN;
    };
  }

  @Override
  public void run(Point.Run run) {
    write(
        () -> {
          json.writeStartObject();
          json.writeNumberField("t", run.t());
          json.writeNumberField("span", run.span());
          json.writeNumberField("count", run.count());
          value(run.value());
          json.writeStringField("quality", run.quality());
          json.writeEndObject();
        });
  }

  private void value(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNullField("value");
      case Double number -> json.writeNumberField("value", number);
      default -> json.writeStringField("value", value.toString());
    }
  }

  @Override
  public void times(long startMicros, long endMicros, SortedMap<String, Double> seconds) {
    write(
        () -> {
          json.writeStartObject();
          span(startMicros, endMicros);
          if (columns.contains(Column.TIME_IN)) {
            times("timeIn", seconds, 1);
          }
          if (columns.contains(Column.PERCENT)) {
            times("percent", seconds, 1e8 / (endMicros - startMicros));
          }
          json.writeEndObject();
        });
  }

  private void times(String name, SortedMap<String, Double> seconds, double factor)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (var one : seconds.entrySet()) {
      json.writeNumberField(one.getKey(), one.getValue() * factor);
    }
    json.writeEndObject();
  }

  @Override
  public void close(List<Gap> gaps, boolean more, List<Visible.Invalid> invalid) {
    write(
        () -> {
          json.writeEndArray();
          if (withGaps) {
            json.writeFieldName("gaps");
            json.writeRawValue(Json.text(gaps));
            if (more) {
              json.writeBooleanField("moreGaps", true);
            }
          }
          if (!invalid.isEmpty()) {
            invalid(invalid);
          }
          json.writeEndObject();
        });
  }

  private void invalid(List<Visible.Invalid> invalid) throws IOException {
    json.writeArrayFieldStart("invalid");
    for (Visible.Invalid one : invalid) {
      json.writeStartObject();
      json.writeNumberField("from", one.from() / 1000);
      json.writeNumberField("to", one.to() / 1000);
      json.writeStringField("who", one.who());
      json.writeStringField("why", one.why());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public void end(List<String> unknown, List<EventsHandler.Event> annotations) {
    write(
        () -> {
          json.writeEndArray();
          if (!unknown.isEmpty()) {
            json.writeFieldName("unknown");
            json.writeRawValue(Json.text(unknown));
          }
          if (withAnnotations) {
            json.writeFieldName("annotations");
            json.writeRawValue(Json.text(annotations));
          }
          json.writeEndObject();
        });
  }

  private void span(long startMicros, long endMicros) throws IOException {
    json.writeNumberField("t", Math.floorDiv(startMicros, 1000L));
    json.writeNumberField("span", (endMicros - startMicros) / 1000);
  }

  @Override
  public int size() {
    write(json::flush);
    return out.size();
  }

  @Override
  public byte[] take() {
    write(json::flush);
    byte[] taken = out.toByteArray();
    out.reset();
    return taken;
  }
}
