package io.edgeflow.models.history;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.golden.GoldenReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Readings as a table with a head. The columns {@code series}, {@code time} and {@code value} are
 * needed, {@code quality} may be there, others are ignored: what a gateway exports can be read. A
 * time is ISO-8601 with an offset or epoch milliseconds; an empty value is none.
 */
public final class CsvHistory {
  /** More than this do not fit into memory. */
  private static final int MAX_READINGS = 20_000_000;

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");

  private final String file;
  private final Predicate<SeriesName> wanted;
  private final Map<String, SeriesName> names = new HashMap<>();
  private int series;
  private int time;
  private int value;
  private int quality;

  private CsvHistory(String file, Predicate<SeriesName> wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /**
   * Blocks.
   *
   * @param wanted series; others are not kept
   * @throws CsvException naming the line and what is wrong with it
   * @throws IOException if the file cannot be read
   */
  public static History read(Path file, Predicate<SeriesName> wanted)
      throws IOException, CsvException {
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new CsvHistory(file.getFileName().toString(), wanted).read(lines);
    }
  }

  private History read(BufferedReader lines) throws IOException, CsvException {
    String head = lines.readLine();
    columns(head == null ? "" : head);
    List<GoldenReading> readings = new ArrayList<>();
    int number = 1;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      GoldenReading one = reading(line, number);
      if (one != null) {
        readings.add(one);
      }
      if (readings.size() > MAX_READINGS) {
        throw new CsvException(file + " has more than " + MAX_READINGS + " readings of them");
      }
    }
    return History.of(readings);
  }

  private void columns(String head) throws CsvException {
    List<String> names =
        cells(head.replace("\uFEFF", "")).stream()
            .map(cell -> cell.strip().toLowerCase(Locale.ROOT))
            .toList();
    series = names.indexOf("series");
    time = names.indexOf("time");
    value = names.indexOf("value");
    quality = names.indexOf("quality");
    if (series < 0 || time < 0 || value < 0) {
      throw new CsvException(
          file + ":1: needs the columns series,time,value (and quality, if you have it)");
    }
  }

  private @Nullable GoldenReading reading(String line, int number) throws CsvException {
    List<String> cells = cells(line);
    try {
      SeriesName name = names.computeIfAbsent(cell(cells, series), SeriesName::new);
      if (!wanted.test(name)) {
        return null;
      }
      String text = cell(cells, value);
      double read = text.isEmpty() ? Double.NaN : Double.parseDouble(text);
      return new GoldenReading(name, micros(cell(cells, time)), read, quality(cells, read));
    } catch (NumberFormatException noNumber) {
      throw new CsvException(file + ":" + number + ": the value is no number", noNumber);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException fault) {
      throw new CsvException(file + ":" + number + ": " + fault.getMessage(), fault);
    }
  }

  private static String cell(List<String> cells, int column) {
    return column < cells.size() ? cells.get(column).strip() : "";
  }

  private Quality quality(List<String> cells, double read) {
    String text = quality < 0 ? "" : cell(cells, quality);
    if (text.isEmpty()) {
      return Double.isNaN(read) ? Quality.BAD : Quality.GOOD;
    }
    for (Quality one : Quality.values()) {
      if (one.name().equalsIgnoreCase(text)) {
        return one;
      }
    }
    throw new IllegalArgumentException("the quality must be good, uncertain, stale or bad");
  }

  private static long micros(String text) {
    if (MILLIS.matcher(text).matches()) {
      return Math.multiplyExact(Long.parseLong(text), 1_000);
    }
    try {
      return ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException noTime) {
      throw new IllegalArgumentException(
          "the time must be like 2026-01-31T06:00:00Z, or epoch milliseconds", noTime);
    }
  }

  /** RFC 4180 within a line: quotes around a cell, doubled within it. */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    var cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
        if (doubled) {
          cell.append(c);
          i++;
        } else {
          quoted = !quoted;
        }
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
