package io.edgeflow.gateway.actions;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A part of an interlock. */
sealed interface Term {
  Truth holds(Facts facts);

  /** Shows every leaf below. */
  void visit(Consumer<Leaf> visitor);

  /** What asks for facts. */
  sealed interface Leaf extends Term {
    @Override
    default void visit(Consumer<Leaf> visitor) {
      visitor.accept(this);
    }
  }

  /** How two values are compared. */
  enum Operator {
    EQ("=="),
    NE("!="),
    LE("<="),
    GE(">="),
    LT("<"),
    GT(">");

    final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    boolean ordersNumbers() {
      return this != EQ && this != NE;
    }

    boolean holds(int order) {
      return switch (this) {
        case EQ -> order == 0;
        case NE -> order != 0;
        case LE -> order <= 0;
        case GE -> order >= 0;
        case LT -> order < 0;
        case GT -> order > 0;
      };
    }
  }

  /**
   * The newest value against a constant.
   *
   * @param text absent where it is compared with a number
   */
  record Compare(String series, Operator operator, double number, @Nullable String text)
      implements Leaf {
    @Override
    public Truth holds(Facts facts) {
      Facts.Value value = facts.value(series);
      if (value == null) {
        return Truth.UNKNOWN;
      }
      String is = value.text();
      if (text != null) {
        return is == null ? Truth.UNKNOWN : Truth.of(operator.holds(is.compareTo(text)));
      }
      return is == null
          ? Truth.of(operator.holds(Double.compare(value.number(), number)))
          : Truth.UNKNOWN;
    }
  }

  /** Something usable came within that time. */
  record Fresh(String series, long nanos) implements Leaf {
    @Override
    public Truth holds(Facts facts) {
      Facts.Value value = facts.value(series);
      return Truth.of(value != null && value.ageNanos() <= nanos);
    }
  }

  /** An alarm is active: raised, acknowledged or not. */
  record Alarm(AlarmKey key) implements Leaf {
    @Override
    public Truth holds(Facts facts) {
      return facts.alarm(key.rule(), key.series());
    }
  }

  record Not(Term term) implements Term {
    @Override
    public Truth holds(Facts facts) {
      return term.holds(facts).not();
    }

    @Override
    public void visit(Consumer<Leaf> visitor) {
      term.visit(visitor);
    }
  }

  record And(Term left, Term right) implements Term {
    @Override
    public Truth holds(Facts facts) {
      return left.holds(facts).and(right.holds(facts));
    }

    @Override
    public void visit(Consumer<Leaf> visitor) {
      left.visit(visitor);
      right.visit(visitor);
    }
  }

  record Or(Term left, Term right) implements Term {
    @Override
    public Truth holds(Facts facts) {
      return left.holds(facts).or(right.holds(facts));
    }

    @Override
    public void visit(Consumer<Leaf> visitor) {
      left.visit(visitor);
      right.visit(visitor);
    }
  }
}
