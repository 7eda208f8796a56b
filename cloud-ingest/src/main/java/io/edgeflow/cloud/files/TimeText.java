package io.edgeflow.cloud.files;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Times as files write them.
 *
 * @param form how a number is read; {@code AUTO} by its size
 * @param zone of times that say none
 * @param latest microseconds since the epoch: what is later is refused, for no history lies ahead
 */
public record TimeText(Form form, ZoneId zone, long latest) {
  /** How times are written. */
  public enum Form {
    AUTO(0),
    ISO(0),
    S(1_000_000_000),
    MS(1_000_000),
    US(1000),
    NS(1);

    private final long nanos;

    Form(long nanos) {
      this.nanos = nanos;
    }
  }

  private static final long EARLIEST = 946_684_800_000_000L;
  private static final int NANOS = 19;
  private static final int MICROS = 16;
  private static final int MILLIS = 13;

  /** Microseconds since the epoch; what is finer is cut off. */
  long parse(String text) throws BadLine {
    String bare = text.strip();
    if (bare.isEmpty()) {
      throw new BadLine("the time is empty");
    }
    try {
      long micros = isNumber(bare) && form != Form.ISO ? number(bare) : written(bare);
      if (micros < EARLIEST) {
        throw new BadLine("the time " + BadLine.quoted(bare) + " lies before 2000: " + hint());
      }
      if (micros > latest) {
        throw new BadLine("the time " + BadLine.quoted(bare) + " lies ahead: " + hint());
      }
      return micros;
    } catch (DateTimeException | ArithmeticException | NumberFormatException none) {
      throw new BadLine("the time " + BadLine.quoted(bare) + " cannot be read: " + hint());
    }
  }

  private String hint() {
    return form == Form.AUTO
        ? "give --time-format if it is right"
        : "it is read as " + form.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && c != '.' && !(c == '-' && i == 0)) {
        return false;
      }
    }
    return true;
  }

  private long number(String text) {
    int dot = text.indexOf('.');
    long unit = (form == Form.AUTO ? guessed(dot < 0 ? text.length() : dot) : form).nanos;
    if (dot < 0) {
      long number = Long.parseLong(text);
      return unit >= 1000 ? Math.multiplyExact(number, unit / 1000) : Math.floorDiv(number, 1000L);
    }
    return new BigDecimal(text)
        .multiply(BigDecimal.valueOf(unit))
        .divideToIntegralValue(BigDecimal.valueOf(1000))
        .longValueExact();
  }

  /** Of the years 2001 to 2286 each unit has its own number of digits. */
  private static Form guessed(int digits) {
    if (digits >= NANOS) {
      return Form.NS;
    }
    if (digits >= MICROS) {
      return Form.US;
    }
    return digits >= MILLIS - 1 ? Form.MS : Form.S;
  }

  private long written(String text) {
    if (form != Form.AUTO && form != Form.ISO) {
      throw new NumberFormatException("no number");
    }
    String iso = text.length() > 10 && text.charAt(10) == ' ' ? replaced(text) : text;
    Instant moment;
    if (iso.length() == 10) {
      moment = LocalDate.parse(iso).atStartOfDay(zone).toInstant();
    } else if (iso.endsWith("Z")) {
      moment = Instant.parse(iso);
    } else if (iso.indexOf('+', 10) > 0 || iso.indexOf('-', 10) > 0) {
      moment = OffsetDateTime.parse(iso).toInstant();
    } else {
      moment = LocalDateTime.parse(iso).atZone(zone).toInstant();
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static String replaced(String text) {
    return text.substring(0, 10) + "T" + text.substring(11);
  }
}
