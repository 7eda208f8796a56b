package io.edgeflow.lab.drill;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/**
 * What a drill did.
 *
 * @param account one paragraph, for a person
 * @param figures the same for a program, by name
 * @param tables what is worth more than a sentence, ready to print
 * @param faults what the drill itself found wrong, beyond the ledger
 * @param atRest what must hold once everything has come to rest, and not before
 * @param leniency what may differ, if it is counted by name
 */
record Played(
    String account,
    SequencedMap<String, Object> figures,
    List<String> tables,
    List<String> faults,
    List<Requirement> atRest,
    Leniency leniency) {
  /**
   * Asked by whoever judges.
   *
   * @param orElse what is wrong if it does not hold
   */
  record Requirement(BooleanSupplier holds, String orElse) {
    /** The same, and whose it is. */
    Requirement named(String drill) {
      return new Requirement(holds, drill + ": " + orElse);
    }
  }

  Played {
    figures = new LinkedHashMap<>(figures);
    tables = List.copyOf(tables);
    faults = List.copyOf(faults);
    atRest = List.copyOf(atRest);
  }

  static Played of(String account, Map<String, ?> figures) {
    return new Played(
        account, new LinkedHashMap<>(figures), List.of(), List.of(), List.of(), Leniency.NOTHING);
  }

  Played showing(String table) {
    List<String> all = new ArrayList<>(tables);
    all.add(table);
    return new Played(account, figures, all, faults, atRest, leniency);
  }

  /** Does nothing where that holds. */
  Played requiring(boolean holds, String orElse) {
    if (holds) {
      return this;
    }
    List<String> all = new ArrayList<>(faults);
    all.add(orElse);
    return new Played(account, figures, tables, all, atRest, leniency);
  }

  /** Of what sensors and gateway may still be about when the attack is over. */
  Played requiringAtRest(BooleanSupplier holds, String orElse) {
    List<Requirement> all = new ArrayList<>(atRest);
    all.add(new Requirement(holds, orElse));
    return new Played(account, figures, tables, faults, all, leniency);
  }

  Played lenient(Leniency newLeniency) {
    return new Played(account, figures, tables, faults, atRest, newLeniency);
  }
}
