package io.edgeflow.lab.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Turns events into lines. */
final class ReadingLines {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

  private final ObjectMapper mapper = new ObjectMapper();
  private final boolean json;
  private final PrintWriter out;
  private final PrintWriter err;
  private long printed;
  private int widest = 20;

  ReadingLines(boolean json, PrintWriter out, PrintWriter err) {
    this.json = json;
    this.out = out;
    this.err = err;
  }

  long printed() {
    return printed;
  }

  /** Prints the readings of one event; false once that many have been printed in all. */
  boolean print(String data, long most) {
    JsonNode batch = parse(data);
    long dropped = batch.path("dropped").asLong();
    if (dropped > 0) {
      err.println("… " + dropped + " readings came too fast to be shown");
    }
    for (JsonNode reading : batch.path("readings")) {
      if (printed < most) {
        out.println(json ? reading.toString() : line(reading));
        printed++;
      }
    }
    out.flush();
    return printed < most;
  }

  private JsonNode parse(String data) {
    try {
      return mapper.readTree(data);
    } catch (JsonProcessingException foreign) {
      throw new IllegalStateException("this is no gateway of ours: " + data, foreign);
    }
  }

  private String line(JsonNode reading) {
    String series = reading.path("series").asText();
    widest = Math.max(widest, series.length());
    String quality = reading.path("quality").asText();
    JsonNode value = reading.path("value");
    return "%s  %s  %14s%s"
        .formatted(
            TIME.format(Instant.ofEpochMilli(reading.path("t").asLong())),
            series + " ".repeat(widest - series.length()),
            value.isNull() ? "-" : value.asText(),
            quality.equals("good") ? "" : "  " + quality);
  }
}
