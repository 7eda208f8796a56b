package io.edgeflow.cloud.query;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as people and programs write them. */
public final class Moments {
  static final String RULE =
      "must be ISO-8601 such as 2026-01-31T06:00:00Z, epoch milliseconds, or now, now-15m";

  private static final Pattern MILLIS = Pattern.compile("-?\\d{1,15}");
  private static final Pattern RELATIVE = Pattern.compile("now(?:-(\\d{1,6})(s|m|h|d))?");

  /** A plus sign that was not escaped arrives as a blank. */
  private static final Pattern BLANK_OFFSET = Pattern.compile(" (\\d\\d:?\\d\\d)$");

  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  static final long LATEST_MICROS = micros(LATEST);

  private Moments() {}

  /** Microseconds since the epoch. A time without an offset is one of the zone's clocks. */
  public static long parse(String name, String text, Instant now, ZoneId zone) {
    try {
      Instant moment = moment(text.strip(), now, zone);
      if (!moment.isBefore(EARLIEST) && moment.isBefore(LATEST)) {
        return micros(moment);
      }
    } catch (DateTimeException | ArithmeticException malformed) {
      throw Parameters.wrong(name, text, RULE);
    }
    throw Parameters.wrong(name, text, "must lie between 1970 and 2200");
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException unknown) {
      throw Parameters.wrong("tz", text, "must be a time zone such as Europe/Berlin or UTC");
    }
  }

  public static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /** For a statement; exact. */
  static OffsetDateTime time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  private static Instant moment(String text, Instant now, ZoneId zone) {
    if (MILLIS.matcher(text).matches()) {
      return Instant.ofEpochMilli(Long.parseLong(text));
    }
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      return now.minus(back(relative.group(1), relative.group(2)));
    }
    String iso = BLANK_OFFSET.matcher(text).replaceFirst("+$1");
    if (iso.length() == "2026-01-31".length()) {
      return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
    }
    boolean hasOffset = iso.endsWith("Z") || iso.matches(".*T.*[+-]\\d\\d:?\\d\\d$");
    return hasOffset
        ? OffsetDateTime.parse(iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }

  private static Duration back(@org.jspecify.annotations.Nullable String amount, String unit) {
    if (amount == null) {
      return Duration.ZERO;
    }
    return switch (unit) {
      case "s" -> Duration.ofSeconds(Long.parseLong(amount));
      case "m" -> Duration.ofMinutes(Long.parseLong(amount));
      case "h" -> Duration.ofHours(Long.parseLong(amount));
      default -> Duration.ofDays(Long.parseLong(amount));
    };
  }
}
