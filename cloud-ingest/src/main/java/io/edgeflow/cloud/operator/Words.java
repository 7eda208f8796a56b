package io.edgeflow.cloud.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers and ranges as people read them. */
final class Words {
  private Words() {}

  /** {@code 12 345 678}: one format in every country. */
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  /** One entry of {@code named} in a line. */
  static String named(JsonNode named) {
    List<String> ranges = new ArrayList<>();
    for (JsonNode range : named.path("ranges")) {
      long from = range.path(0).asLong();
      long to = range.path(1).asLong();
      ranges.add(from == to ? "" + from : from + "-" + to);
    }
    if (named.path("more").asBoolean()) {
      ranges.add("and more");
    }
    String reason = named.path("reason").asText();
    return "%-10s %s of %s: %s  (%s, %s%s%s)"
        .formatted(
            named.path("fate").asText(),
            named.path("lane").asText(),
            named.path("incarnation").asText(),
            String.join(", ", ranges),
            amount(named.path("frames").asLong(), "frame"),
            amount(named.path("readings").asLong(), "reading"),
            reason.isEmpty() ? "" : ", " + reason,
            when(named.path("updated")));
  }

  private static String amount(long number, String what) {
    return count(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static String when(JsonNode millis) {
    return millis.isNumber()
        ? ", " + Instant.ofEpochMilli(millis.asLong()).truncatedTo(ChronoUnit.SECONDS)
        : "";
  }
}
