package io.edgeflow.gateway.recorder;

import io.edgeflow.aggregator.identity.Verdict;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.clock.StampSource;
import java.util.function.Consumer;

/**
 * The layout of a MESSAGE record: arrival time, then the readings until the record ends. Each has
 * its series, a byte of flags (quality, source of the stamp, verdict, reported, text or number),
 * its event time relative to arrival, the sender's own stamp where it was replaced, and its value.
 * Of a counter that began again the flags name no source: that follows in a byte of its own, and
 * behind the value, which is the one that came, there is what was added to it.
 */
final class MessageRecord {
  private static final int REPORTED = 0x40;
  private static final int TEXT = 0x80;

  /** Instead of a source. */
  private static final int COUNTED_ON = 3;

  private MessageRecord() {}

  static void begin(RecordWriter out, long arrivedMicros) {
    out.reset();
    out.int64(arrivedMicros);
  }

  static void add(RecordWriter out, long arrivedMicros, DecidedReading reading) {
    String text = reading.text;
    boolean countedOn = reading.offset != 0;
    out.varint(reading.series);
    out.u8(
        reading.quality.code()
            | (countedOn ? COUNTED_ON : reading.source.code()) << 2
            | code(reading.verdict) << 4
            | (reading.reported ? REPORTED : 0)
            | (text != null ? TEXT : 0));
    if (countedOn) {
      out.u8(reading.source.code());
    }
    out.zigzag(reading.eventMicros - arrivedMicros);
    if (reading.source == StampSource.REPLACED) {
      out.int64(reading.stampMicros);
    }
    if (text != null) {
      out.text(text);
    } else {
      out.int64(Double.doubleToRawLongBits(reading.sent()));
    }
    if (countedOn) {
      out.int64(Double.doubleToRawLongBits(reading.offset));
    }
  }

  static long arrivedMicros(byte[] payload) {
    return new RecordReader(payload).int64();
  }

  /** Calls the consumer with one cursor, filled anew for each reading. */
  static void read(byte[] payload, Consumer<DecidedReading> each) {
    RecordReader in = new RecordReader(payload);
    long arrived = in.int64();
    DecidedReading reading = new DecidedReading();
    while (in.more()) {
      read(in, arrived, reading);
      each.accept(reading);
    }
  }

  private static void read(RecordReader in, long arrivedMicros, DecidedReading into) {
    into.series = Math.toIntExact(in.varint());
    int flags = in.u8();
    into.quality = Quality.ofCode(flags & 3);
    boolean countedOn = (flags >> 2 & 3) == COUNTED_ON;
    into.source = StampSource.ofCode(countedOn ? in.u8() : flags >> 2 & 3);
    into.verdict = verdict(flags >> 4 & 3);
    into.reported = (flags & REPORTED) != 0;
    into.eventMicros = arrivedMicros + in.zigzag();
    into.stampMicros = into.source == StampSource.REPLACED ? in.int64() : into.eventMicros;
    if ((flags & TEXT) != 0) {
      into.text = in.text();
      into.number = Double.NaN;
    } else {
      into.text = null;
      into.number = Double.longBitsToDouble(in.int64());
    }
    into.offset = 0;
    if (countedOn) {
      into.countOn(Double.longBitsToDouble(in.int64()));
    }
  }

  private static int code(Verdict verdict) {
    return switch (verdict) {
      case FRESH -> 0;
      case DUPLICATE -> 1;
      case CONFLICT -> 2;
      case UNVERIFIABLE -> 3;
    };
  }

  private static Verdict verdict(int code) {
    return switch (code) {
      case 0 -> Verdict.FRESH;
      case 1 -> Verdict.DUPLICATE;
      case 2 -> Verdict.CONFLICT;
      default -> Verdict.UNVERIFIABLE;
    };
  }

  /** How many readings it holds. */
  static int count(byte[] payload) {
    int[] count = {0};
    read(payload, reading -> count[0]++);
    return count[0];
  }
}
