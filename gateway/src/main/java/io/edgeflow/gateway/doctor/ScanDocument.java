package io.edgeflow.gateway.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan found. Times are milliseconds.
 *
 * @param line where it looked
 * @param asked unit ids that were asked, in order
 * @param timeoutMillis how long each was waited for
 * @param units those that did something
 * @param silent those that did not
 * @param stopped why it gave up early; null if it did not
 * @param advice what to do about what was found
 */
record ScanDocument(
    String line,
    List<Integer> asked,
    long timeoutMillis,
    double tookMillis,
    List<UnitFound> units,
    List<Integer> silent,
    @Nullable String stopped,
    List<String> advice) {
  /** What became of a unit's first request. */
  enum Presence {
    /** It answered, an exception included. */
    ANSWERS,
    /** A gateway answered that nobody is there. */
    NOBODY,
    /** Something came that is no answer. */
    NONSENSE,
    /** The connection ended instead. */
    HANGS_UP
  }

  /**
   * A unit.
   *
   * @param exception that it answered the first request with; null if none
   * @param detail what it said, where that needs words
   * @param times of its answers; null if it gave none
   * @param tables what it has, as far as somebody asked
   */
  record UnitFound(
      int unit,
      Presence presence,
      @Nullable Integer exception,
      @Nullable String detail,
      @Nullable Times times,
      List<TableFound> tables) {}

  /** How long answers took. */
  record Times(double least, double median, double most) {}

  /** What ends a block. */
  enum Limit {
    /** Nothing: as many as the protocol allows. */
    PROTOCOL,
    /** The unit takes no more at once. */
    REFUSED,
    /** What could not be read any more lies behind the block, as far as can be told. */
    END
  }

  /**
   * A table of a unit.
   *
   * @param readable whether an address was found that can be read
   * @param first that address; null if there is none
   * @param exception that asking it first gave; null if none
   * @param detail what happened instead of an answer
   * @param largestBlock registers or bits that one request got; null if none
   * @param limit what ended it
   * @param refusal the exception with which one more was refused; null if none
   */
  record TableFound(
      String table,
      boolean readable,
      @Nullable Integer first,
      @Nullable Integer exception,
      @Nullable String detail,
      @Nullable Integer largestBlock,
      @Nullable Limit limit,
      @Nullable Integer refusal) {}

  ScanDocument {
    asked = List.copyOf(asked);
    units = List.copyOf(units);
    silent = List.copyOf(silent);
  }

  ScanDocument with(List<String> words) {
    return new ScanDocument(
        line, asked, timeoutMillis, tookMillis, units, silent, stopped, List.copyOf(words));
  }

  /** How many units answered. */
  long answering() {
    return units.stream().filter(unit -> unit.presence() == Presence.ANSWERS).count();
  }
}
