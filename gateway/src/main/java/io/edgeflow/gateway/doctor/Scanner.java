package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.Asker.Asked;
import io.edgeflow.gateway.doctor.ScanDocument.Presence;
import io.edgeflow.gateway.doctor.ScanDocument.TableFound;
import io.edgeflow.gateway.doctor.ScanDocument.Times;
import io.edgeflow.gateway.doctor.ScanDocument.UnitFound;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks one unit after the other whether it is there. One thread. */
final class Scanner {
  /** So many units in a row that cannot even be asked are the line's fault. */
  private static final int MOST_USELESS = 3;

  private static final int TIMES_ASKED = 3;

  /** The device itself behind an address of its own, as many see it. */
  private static final List<Integer> SELF = List.of(0, 255);

  private final String place;
  private final Asker asker;
  private final Duration timeout;
  private final boolean tables;
  private final Consumer<String> progress;
  private final List<Integer> asked = new ArrayList<>();
  private final List<UnitFound> found = new ArrayList<>();
  private int useless;
  private @Nullable String stopped;

  /**
   * @param place the line, for people
   * @param tables whether to look into those of each unit
   * @param progress is told how far it is
   */
  Scanner(String place, Asker asker, Duration timeout, boolean tables, Consumer<String> progress) {
    this.place = place;
    this.asker = asker;
    this.timeout = timeout;
    this.tables = tables;
    this.progress = progress;
  }

  ScanDocument scan(List<Integer> units) throws InterruptedException {
    long begun = System.nanoTime();
    for (int unit : units) {
      if (stopped == null) {
        progress.accept(words(units.size(), System.nanoTime() - begun));
        look(unit);
      }
    }
    if (stopped == null && found.isEmpty()) {
      for (int unit : SELF) {
        if (!units.contains(unit)) {
          look(unit);
        }
      }
    }
    return document(System.nanoTime() - begun);
  }

  private ScanDocument document(long nanos) {
    List<Integer> silent = new ArrayList<>(asked);
    found.forEach(unit -> silent.remove((Object) unit.unit()));
    var bare =
        new ScanDocument(
            place,
            asked,
            timeout.toMillis(),
            millis(nanos),
            found,
            stopped == null ? silent : List.of(),
            stopped,
            List.of());
    return bare.with(ScanAdvice.of(bare));
  }

  private String words(int all, long nanos) {
    long left = asked.isEmpty() ? 0 : nanos / asked.size() * (all - asked.size());
    return String.format(
        Locale.ROOT,
        "unit %d of %d, %d found, at most %d s left",
        asked.size() + 1,
        all,
        found.size(),
        asked.isEmpty() ? all * timeout.toMillis() / 1_000 : left / 1_000_000_000);
  }

  private void look(int unit) throws InterruptedException {
    asked.add(unit);
    Asked first = asker.ask(unit, RegisterTable.HOLDING, 0, 1);
    switch (first.result()) {
      case PollResult.Values _ -> found.add(there(unit, null));
      case PollResult.DeviceError(int code) -> {
        if (Exceptions.isOfGateway(code)) {
          found.add(new UnitFound(unit, Presence.NOBODY, code, null, null, List.of()));
        } else {
          found.add(there(unit, code));
        }
      }
      case PollResult.WrongCount _, PollResult.WrongAnswer _ ->
          found.add(odd(unit, Presence.NONSENSE, first));
      case PollResult.TimedOut() -> {}
      case PollResult.HungUp(String why) -> cannotAsk(unit, first, why);
      case PollResult.Unreachable(String why) -> cannotAsk(unit, first, why);
    }
    if (!isUseless(first.result())) {
      useless = 0;
    }
  }

  private static boolean isUseless(PollResult result) {
    return result instanceof PollResult.Unreachable || result instanceof PollResult.HungUp;
  }

  /** Where others answer, it is the unit that hangs up. */
  private void cannotAsk(int unit, Asked first, String why) {
    found.add(odd(unit, Presence.HANGS_UP, first));
    useless++;
    boolean someAnswer = found.stream().anyMatch(one -> one.presence() == Presence.ANSWERS);
    boolean unitsFault = first.result() instanceof PollResult.HungUp && someAnswer;
    if (useless >= MOST_USELESS && !unitsFault) {
      found.subList(found.size() - useless, found.size()).clear();
      stopped = why;
    }
  }

  private static UnitFound odd(int unit, Presence presence, Asked asked) {
    String detail = Failure.words(asked.result());
    return new UnitFound(unit, presence, null, detail, null, List.of());
  }

  private UnitFound there(int unit, @Nullable Integer exception) throws InterruptedException {
    List<Long> nanos = new ArrayList<>();
    List<TableFound> looked = new ArrayList<>();
    for (int i = 0; i < TIMES_ASKED; i++) {
      Asked again = asker.ask(unit, RegisterTable.HOLDING, 0, 1);
      if (again.isAnswered()) {
        nanos.add(again.nanos());
      }
    }
    if (tables) {
      for (RegisterTable table : RegisterTable.values()) {
        looked.add(new TableProbe(asker, unit, table, nanos).look());
      }
    }
    return new UnitFound(unit, Presence.ANSWERS, exception, null, times(nanos), looked);
  }

  private static @Nullable Times times(List<Long> nanos) {
    if (nanos.isEmpty()) {
      return null;
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    return new Times(
        millis(sorted.getFirst()), millis(sorted.get(sorted.size() / 2)), millis(sorted.getLast()));
  }

  /** To the hundredth. */
  static double millis(long nanos) {
    return Math.round(nanos / 1e4) / 1e2;
  }
}
