package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import java.util.List;
import java.util.Optional;

/**
 * What a table looks like.
 *
 * @param columns their names, where no row says them
 * @param header whether the first row is names; absent: it is, unless {@code columns} says them
 * @param delimiter between columns: one character, or {@code tab}
 * @param decimalComma whether numbers are written 1,5
 */
public record MappingCsv(
    List<String> columns,
    Optional<Boolean> header,
    @Default(",") String delimiter,
    @Default("false") boolean decimalComma) {
  static final MappingCsv STANDARD = new MappingCsv(List.of(), Optional.empty(), ",", false);

  public MappingCsv {
    columns = List.copyOf(columns);
    new Check()
        .that(
            delimiter.equals("tab")
                || (delimiter.length() == 1 && "\"\\\r\n".indexOf(delimiter.charAt(0)) < 0),
            "delimiter",
            "must be one character such as ; or the word tab")
        .that(
            !decimalComma || !delimiter.equals(","),
            "decimalComma",
            "needs another delimiter than a comma")
        .that(
            columns.stream().distinct().count() == columns.size(),
            "columns",
            "must not name a column twice")
        .that(
            header.orElse(true) || !columns.isEmpty(),
            "header",
            "false needs columns: nothing else says what they are")
        .orRefuse();
  }

  char separator() {
    return delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
  }
}
