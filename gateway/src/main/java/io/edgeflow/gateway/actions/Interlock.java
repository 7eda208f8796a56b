package io.edgeflow.gateway.actions;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for an output to be on, over the newest values and the alarms. {@code
 * docs/actions.md} has the grammar.
 */
public final class Interlock {
  private final String text;
  private final Term term;

  private Interlock(String text, Term term) {
    this.text = text;
    this.term = term;
  }

  /**
   * Reads an expression such as {@code pump-7/running == 1 and not alarm(tripped, pump-7/mode)}.
   *
   * @throws IllegalArgumentException saying where it is broken, and what was expected there
   */
  public static Interlock parse(String text) {
    return new Interlock(text.strip(), new InterlockParser(text).parse());
  }

  Truth holds(Facts facts) {
    return term.holds(facts);
  }

  /** The series whose values it asks for. */
  Set<String> series() {
    Set<String> found = new HashSet<>();
    term.visit(
        leaf -> {
          switch (leaf) {
            case Term.Compare compare -> found.add(compare.series());
            case Term.Fresh fresh -> found.add(fresh.series());
            case Term.Alarm _ -> {}
          }
        });
    return found;
  }

  /** The alarms that it asks for. */
  Set<AlarmKey> alarms() {
    Set<AlarmKey> found = new HashSet<>();
    term.visit(
        leaf -> {
          if (leaf instanceof Term.Alarm(AlarmKey key)) {
            found.add(key);
          }
        });
    return found;
  }

  /** The alarms that it asks for and that there are not, for people. */
  public List<String> unknownAlarms(BiPredicate<String, String> isAlarm) {
    return alarms().stream()
        .filter(key -> !isAlarm.test(key.rule(), key.series()))
        .map(key -> "alarm(" + key.rule() + ", " + key.series() + ")")
        .sorted()
        .toList();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Interlock interlock && text.equals(interlock.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
