package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.doctor.ScanDocument.TableFound;
import io.edgeflow.gateway.doctor.ScanDocument.Times;
import io.edgeflow.gateway.doctor.ScanDocument.UnitFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a scan found, for people. */
final class ScanText {
  private final ScanDocument scan;
  private final List<String> lines = new ArrayList<>();

  ScanText(ScanDocument scan) {
    this.scan = scan;
  }

  String text() {
    scan.units().forEach(this::unit);
    if (!scan.units().isEmpty()) {
      lines.add("");
    }
    lines.add(summary());
    scan.advice().forEach(advice -> lines.add("  - " + advice));
    return String.join(System.lineSeparator(), lines);
  }

  private void unit(UnitFound unit) {
    String said =
        switch (unit.presence()) {
          case ANSWERS -> "answers" + exception(unit) + in(unit.times());
          case NOBODY -> "is not there:" + exception(unit);
          case NONSENSE -> "answers with nonsense: " + unit.detail();
          case HANGS_UP -> "is no answer but: " + unit.detail();
        };
    lines.add(String.format(Locale.ROOT, "unit %-4d %s", unit.unit(), said));
    unit.tables().forEach(this::table);
  }

  private static String exception(UnitFound unit) {
    return unit.exception() == null ? "" : " with " + Exceptions.words(unit.exception());
  }

  private static String in(@Nullable Times times) {
    return times == null
        ? ""
        : String.format(
            Locale.ROOT, " in %.1f ms (%.1f to %.1f)", times.median(), times.least(), times.most());
  }

  private void table(TableFound table) {
    lines.add(String.format(Locale.ROOT, "          %-9s %s", table.table(), words(table)));
  }

  private static String words(TableFound table) {
    if (!table.readable()) {
      return unreadable(table);
    }
    String what = table.table().matches("coil|discrete") ? "bits" : "registers";
    String from = "from " + table.first();
    String size = ", " + table.largestBlock() + " " + what + " at once";
    return switch (table.limit()) {
      case REFUSED -> from + size + "; more is refused" + refused(table);
      case END -> from + size + "; there the table ends, or has a hole" + refused(table);
      case PROTOCOL -> from + size;
      case null -> from;
    };
  }

  private static String refused(TableFound table) {
    return table.refusal() == null ? "" : ": exception " + table.refusal();
  }

  private static String unreadable(TableFound table) {
    if (table.exception() == null) {
      return String.valueOf(table.detail());
    }
    return switch (table.exception()) {
      case Exceptions.FUNCTION -> "none: exception 1";
      case Exceptions.ADDRESS, Exceptions.VALUE ->
          "it may be there, but not at 0 nor at any other address that was tried: exception "
              + table.exception();
      default -> Exceptions.words(table.exception());
    };
  }

  private String summary() {
    String seconds = String.format(Locale.ROOT, "%.1f s", scan.tookMillis() / 1_000);
    if (scan.stopped() != null) {
      return scan.answering() == 0
          ? scan.line() + " cannot be asked: " + scan.stopped()
          : "%s: %d units answer; then the line failed, before unit %d: %s"
              .formatted(scan.line(), scan.answering(), scan.asked().getLast(), scan.stopped());
    }
    if (scan.answering() == 0) {
      return "%s: nobody answers (%s)".formatted(scan.line(), seconds);
    }
    String silent = scan.silent().isEmpty() ? "" : "; silent: " + UnitRanges.words(scan.silent());
    return "%s: %d of %d units answer (%s)%s"
        .formatted(scan.line(), scan.answering(), scan.asked().size(), seconds, silent);
  }
}
