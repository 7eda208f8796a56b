package io.edgeflow.wire.payload;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How senders write the time: numbers of some unit since 1970, ISO-8601, or a pattern. Whatever
 * else a stamp is, it is empty: never an exception.
 */
public final class StampRule {
  private static final String RULE =
      "must be auto, s, ms, us, ns, iso, or a pattern with a year such as dd.MM.yyyy HH:mm:ss";

  /** Beyond about 285 000 years nothing is meant, and microseconds would not fit. */
  private static final long MOST_MICROS = 9_000_000_000_000_000_000L;

  private static final int LONGEST = 64;

  /** How a number is read. */
  private enum Unit {
    S(1_000_000_000),
    MS(1_000_000),
    US(1_000),
    NS(1);

    private final long nanos;

    Unit(long nanos) {
      this.nanos = nanos;
    }
  }

  private final @Nullable Unit unit;
  private final boolean numbers;
  private final @Nullable DateTimeFormatter pattern;
  private final ZoneId zone;

  private StampRule(
      @Nullable Unit unit, boolean numbers, @Nullable DateTimeFormatter pattern, ZoneId zone) {
    this.unit = unit;
    this.numbers = numbers;
    this.pattern = pattern;
    this.zone = zone;
  }

  /** What is wrong with a format, and what to do; null if nothing is. */
  public static @Nullable String fault(String format) {
    try {
      of(format, ZoneId.of("UTC"));
      return null;
    } catch (IllegalArgumentException faulty) {
      return faulty.getMessage();
    }
  }

  /**
   * @param format {@code auto} tells the unit of a number by its size, which is right for the years
   *     1976 to 5138, and takes ISO-8601 too
   * @param zone of times that say none
   * @throws IllegalArgumentException with what {@link #fault} says
   */
  public static StampRule of(String format, ZoneId zone) {
    return switch (format) {
      case "auto" -> new StampRule(null, true, null, zone);
      case "iso" -> new StampRule(null, false, null, zone);
      case "s" -> new StampRule(Unit.S, true, null, zone);
      case "ms" -> new StampRule(Unit.MS, true, null, zone);
      case "us" -> new StampRule(Unit.US, true, null, zone);
      case "ns" -> new StampRule(Unit.NS, true, null, zone);
      default -> new StampRule(null, false, pattern(format), zone);
    };
  }

  private static DateTimeFormatter pattern(String format) {
    if (format.indexOf('y') < 0 && format.indexOf('u') < 0) {
      throw new IllegalArgumentException(RULE);
    }
    DateTimeFormatter pattern;
    boolean isOfHalfADay;
    try {
      pattern = DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
      isOfHalfADay = isOfHalfADay(pattern);
    } catch (IllegalArgumentException | DateTimeException faulty) {
      throw new IllegalArgumentException(RULE + ": " + faulty.getMessage(), faulty);
    }
    if (isOfHalfADay) {
      throw new IllegalArgumentException(
          RULE + ": h and K are of half a day and need an a beside them; HH is of a whole one");
    }
    return pattern;
  }

  /** Whether it tells hours and not which half of the day: each time would be read as midnight. */
  private static boolean isOfHalfADay(DateTimeFormatter pattern) {
    ZonedDateTime four = ZonedDateTime.of(2001, 2, 3, 4, 5, 6, 0, ZoneOffset.UTC);
    String night = pattern.format(four);
    return night.equals(pattern.format(four.plusHours(12)))
        && !night.equals(pattern.format(four.plusHours(1)));
  }

  /** Microseconds since the epoch; what is finer is cut off. */
  OptionalLong of(long number) {
    if (!numbers) {
      return OptionalLong.empty();
    }
    long nanos = unit(Math.abs((double) number)).nanos;
    if (nanos < 1_000) {
      return OptionalLong.of(Math.floorDiv(number, 1_000L));
    }
    long factor = nanos / 1_000;
    // Not by Math.abs: the least of all numbers has no absolute value.
    return number > MOST_MICROS / factor || number < -MOST_MICROS / factor
        ? OptionalLong.empty()
        : OptionalLong.of(number * factor);
  }

  /** A decimal literal is meant, so its digits count, not its binary value. */
  OptionalLong of(double number) {
    double nanos = unit(Math.abs(number)).nanos;
    // The comparison is false for NaN too.
    if (!numbers || !(Math.abs(number) * (nanos / 1_000) <= MOST_MICROS)) {
      return OptionalLong.empty();
    }
    BigDecimal micros = BigDecimal.valueOf(number).multiply(BigDecimal.valueOf(nanos / 1_000));
    return OptionalLong.of(micros.longValue());
  }

  private Unit unit(double size) {
    if (unit != null) {
      return unit;
    }
    if (size < 1e11) {
      return Unit.S;
    }
    return size < 1e14 ? Unit.MS : size < 1e17 ? Unit.US : Unit.NS;
  }

  /** A number in digits too, where numbers are meant. */
  OptionalLong of(String text) {
    String bare = text.strip();
    if (bare.isEmpty() || bare.length() > LONGEST) {
      return OptionalLong.empty();
    }
    if (numbers && isNumber(bare)) {
      return number(bare);
    }
    if (unit != null) {
      return OptionalLong.empty();
    }
    try {
      return micros(pattern == null ? iso(bare) : pattern(pattern, bare));
    } catch (DateTimeException | ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-')
        && text.lastIndexOf('-') <= 0;
  }

  private OptionalLong number(String digits) {
    try {
      return digits.indexOf('.') < 0 ? of(Long.parseLong(digits)) : of(Double.parseDouble(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A day alone is its beginning; a blank may stand for the T. */
  private Instant iso(String text) {
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    String iso =
        text.length() > 10 && text.charAt(10) == ' '
            ? text.substring(0, 10) + "T" + text.substring(11)
            : text;
    boolean offset = iso.endsWith("Z") || iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0;
    return offset
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }

  private Instant pattern(DateTimeFormatter formatter, String text) {
    TemporalAccessor found =
        formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
    return switch (found) {
      case ZonedDateTime zoned -> zoned.toInstant();
      case LocalDateTime local -> local.atZone(zone).toInstant();
      default -> LocalDate.from(found).atStartOfDay(zone).toInstant();
    };
  }

  private static OptionalLong micros(Instant instant) {
    long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000L);
    return OptionalLong.of(Math.addExact(seconds, instant.getNano() / 1_000));
  }
}
