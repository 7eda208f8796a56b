package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.Asker.Asked;
import io.edgeflow.gateway.doctor.ScanDocument.Limit;
import io.edgeflow.gateway.doctor.ScanDocument.TableFound;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Looks into one table of one unit. */
final class TableProbe {
  /** Where maps of registers like to begin. */
  private static final List<Integer> BEGINNINGS =
      List.of(
          0, 1, 2, 10, 16, 32, 50, 64, 99, 100, 101, 128, 200, 256, 300, 400, 500, 512, 768, 1_000,
          1_024, 2_000, 2_048, 3_000, 3_072, 4_000, 4_096, 5_000, 6_000, 8_000, 8_192, 9_000,
          10_000, 12_288, 16_384, 20_000, 30_000, 32_768, 40_000, 50_000, 61_440);

  private final Asker asker;
  private final int unit;
  private final RegisterTable table;
  private final List<Long> nanos;

  /**
   * @param nanos takes how long answers took
   */
  TableProbe(Asker asker, int unit, RegisterTable table, List<Long> nanos) {
    this.asker = asker;
    this.unit = unit;
    this.table = table;
    this.nanos = nanos;
  }

  TableFound look() throws InterruptedException {
    Asked first = ask(0, 1);
    if (first.result() instanceof PollResult.Values) {
      return block(0, null);
    }
    if (!first.isAnswered()) {
      return nothing(null, Failure.words(first.result()));
    }
    int code = first.exception();
    if (code != Exceptions.ADDRESS && code != Exceptions.VALUE) {
      return nothing(code, null);
    }
    for (int address : BEGINNINGS) {
      if (address > 0 && isReadable(address, 1)) {
        return block(address, code);
      }
    }
    return nothing(code, null);
  }

  private TableFound nothing(@Nullable Integer exception, @Nullable String detail) {
    return new TableFound(word(table), false, null, exception, detail, null, null, null);
  }

  /** The largest block, by bisection: a unit that reads so many reads fewer. */
  private TableFound block(int first, @Nullable Integer exception) throws InterruptedException {
    int good = 1;
    int bad = Math.min(table.most(), RegisterPoint.ADDRESS_END - first) + 1;
    int refusal = 0;
    for (int next = bad - 1; good + 1 < bad; next = (good + bad) / 2) {
      Asked asked = ask(first, next);
      if (asked.result() instanceof PollResult.Values) {
        good = next;
      } else {
        bad = next;
        refusal = asked.exception();
      }
    }
    Limit limit = limit(first, good, bad);
    return new TableFound(
        word(table),
        true,
        first,
        exception,
        null,
        good,
        limit,
        limit == Limit.PROTOCOL || refusal == 0 ? null : refusal);
  }

  /** What can be read alone but not with its neighbours was too much at once. */
  private Limit limit(int first, int good, int bad) throws InterruptedException {
    if (good == table.most()) {
      return Limit.PROTOCOL;
    }
    int behind = first + bad - 1;
    return behind < RegisterPoint.ADDRESS_END && isReadable(behind, 1) ? Limit.REFUSED : Limit.END;
  }

  private boolean isReadable(int address, int count) throws InterruptedException {
    return ask(address, count).result() instanceof PollResult.Values;
  }

  private Asked ask(int address, int count) throws InterruptedException {
    Asked asked = asker.ask(unit, table, address, count);
    if (asked.isAnswered()) {
      nanos.add(asked.nanos());
    }
    return asked;
  }

  static String word(RegisterTable table) {
    return table.name().toLowerCase(Locale.ROOT);
  }
}
