package io.edgeflow.cloud.files;

import io.edgeflow.aggregator.reading.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a file is to be read, where it does not say itself. Empty texts mean the standard.
 *
 * @param edge whose series they are; empty: the names begin with it
 * @param time the column of times
 * @param series the column of names; empty: {@code series} if there is one, else each column is one
 * @param value the column of values beside the column of names
 * @param quality the column of qualities
 * @param columns those that are series, where not all are
 * @param name how the series are called: {@code pump-7/{column}}, {@code {measurement}/{field}}
 * @param separator between columns; 0: as the first line looks
 * @param decimalComma numbers are written 1,5
 * @param unit empty: the file's column, else what is known at the cloud
 * @param kind null: the file's column, else gauge
 */
public record Mapping(
    String edge,
    String time,
    String series,
    String value,
    String quality,
    List<String> columns,
    String name,
    char separator,
    boolean decimalComma,
    TimeText times,
    String unit,
    @Nullable Kind kind) {
  public Mapping {
    columns = List.copyOf(columns);
  }

  /**
   * All of it that decides what the lines say, in one form for ever: the same file read in another
   * way is another history.
   */
  String canonical() {
    return String.join(
        "\n",
        edge,
        time,
        series,
        value,
        quality,
        String.join("\t", columns),
        name,
        separator == 0 ? "" : String.valueOf(separator),
        String.valueOf(decimalComma),
        times.form().name(),
        times.zone().getId(),
        unit,
        kind == null ? "" : kind.name());
  }
}
