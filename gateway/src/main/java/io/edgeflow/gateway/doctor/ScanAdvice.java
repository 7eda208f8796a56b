package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.ScanDocument.Limit;
import io.edgeflow.gateway.doctor.ScanDocument.Presence;
import io.edgeflow.gateway.doctor.ScanDocument.TableFound;
import io.edgeflow.gateway.doctor.ScanDocument.UnitFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** What to do about what a scan found. Pure. */
final class ScanAdvice {
  private final ScanDocument scan;
  private final List<String> advice = new ArrayList<>();

  private ScanAdvice(ScanDocument scan) {
    this.scan = scan;
  }

  static List<String> of(ScanDocument scan) {
    var made = new ScanAdvice(scan);
    if (scan.stopped() != null && scan.answering() == 0) {
      made.cannotAsk(scan.stopped().toLowerCase(Locale.ROOT));
    } else if (scan.units().isEmpty()) {
      made.nobodyAnswers();
    } else {
      made.some();
    }
    return List.copyOf(made.advice);
  }

  private void cannotAsk(String why) {
    if (why.contains("refused")) {
      advice.add(
          "nothing listens there: Modbus TCP is usually port 502, converters often have one of"
              + " their own; the device's own pages or its manual name it");
    } else if (why.contains("no connection") || why.contains("unreachable")) {
      advice.add(
          "nobody is at that address, or a firewall is between: try ping, and look whether this"
              + " machine is in the device's network");
    } else if (why.contains("unknown host")) {
      advice.add("no such name: give the address as numbers");
    } else if (why.contains("cannot be opened")) {
      advice.add("the user of this process has to be in the port's group, often dialout");
    } else {
      advice.add(
          "the connection is taken and ended at once: another master may have all of its sessions"
              + " (many gateways have one to four), so stop that one and try again");
      advice.add("or it is a converter that wants the frames of a serial line: try --rtu");
    }
  }

  private void nobodyAnswers() {
    advice.add(
        "the line can be used, but no unit answered within %d ms, nor did 0 and 255, which many"
                .formatted(scan.timeoutMillis())
            + " devices themselves have");
    advice.add("give them more time: --timeout 2s, at 9600 baud and slower above all");
    if (isTcp()) {
      advice.add("or it is a converter that wants the frames of a serial line: try --rtu");
      advice.add(
          "another master may hold the only session, or the bus: stop that one and try again");
    }
    if (!scan.line().matches("[^/]*:\\d+") || scan.line().startsWith("rtu ")) {
      advice.add(
          "baud, parity and stop bits must be the devices' own; then look whether A and B are"
              + " exchanged, and whether the bus is terminated");
    }
  }

  private boolean isTcp() {
    return !scan.line().startsWith("rtu ") && !scan.line().startsWith("/");
  }

  private void some() {
    List<UnitFound> nobody = of(Presence.NOBODY);
    if (!nobody.isEmpty()) {
      advice.add(
          "a gateway answered for %s that nobody is there: it is reachable, so look at the bus"
              .formatted(ids(nobody)));
    }
    List<UnitFound> nonsense = of(Presence.NONSENSE);
    if (!nonsense.isEmpty()) {
      advice.add(
          "%s: what came is no answer to what was asked. Two masters at one gateway can look like"
                  .formatted(ids(nonsense))
              + " that, and two units with one id");
    }
    List<UnitFound> ended = of(Presence.HANGS_UP);
    if (!ended.isEmpty()) {
      advice.add("%s: the connection ended instead of an answer".formatted(ids(ended)));
    }
    of(Presence.ANSWERS).forEach(this::slow);
    of(Presence.ANSWERS).forEach(this::small);
  }

  private void slow(UnitFound unit) {
    if (unit.times() != null && unit.times().most() > scan.timeoutMillis() / 2.0) {
      advice.add(
          String.format(
              Locale.ROOT,
              "unit %d took up to %.0f ms: its connection needs a timeout of %d ms or more",
              unit.unit(),
              unit.times().most(),
              roundUp(2 * unit.times().most())));
    }
  }

  private static long roundUp(double millis) {
    return (long) Math.ceil(millis / 100) * 100;
  }

  private void small(UnitFound unit) {
    List<String> keys = new ArrayList<>();
    least(unit, "holding", "input").ifPresent(most -> keys.add("maxRegisters: " + most));
    least(unit, "coil", "discrete").ifPresent(most -> keys.add("maxBits: " + most));
    if (!keys.isEmpty()) {
      advice.add(
          "unit %d takes no more at once; its device needs %s"
              .formatted(unit.unit(), String.join(", ", keys)));
    }
  }

  private static OptionalInt least(UnitFound unit, String one, String other) {
    return unit.tables().stream()
        .filter(table -> table.table().equals(one) || table.table().equals(other))
        .filter(table -> table.limit() == Limit.REFUSED)
        .mapToInt(ScanAdvice::block)
        .min();
  }

  private static int block(TableFound table) {
    return table.largestBlock() == null ? 0 : table.largestBlock();
  }

  private List<UnitFound> of(Presence presence) {
    return scan.units().stream().filter(unit -> unit.presence() == presence).toList();
  }

  private static String ids(List<UnitFound> units) {
    String numbers =
        UnitRanges.words(units.stream().map(UnitFound::unit).collect(Collectors.toList()));
    return (units.size() == 1 ? "unit " : "units ") + numbers;
  }
}
