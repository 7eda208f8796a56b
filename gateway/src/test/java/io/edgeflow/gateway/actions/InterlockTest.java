package io.edgeflow.gateway.actions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterlockTest {
  /** What a plant knows: a pump that runs at 3 bar, in automatic, and one tripped press. */
  private static final class Plant implements Facts {
    private final Map<String, Value> values = new HashMap<>();

    Plant() {
      values.put("pump-7/running", new Value(1, null, 5_000_000_000L));
      values.put("pump-7/pressure", new Value(3, null, 500_000_000L));
      values.put("pump-7/mode", new Value(Double.NaN, "auto", 0));
      values.put("hall 1/ölstand", new Value(-1.5, null, 0));
    }

    @Override
    public @Nullable Value value(String series) {
      return values.get(series);
    }

    @Override
    public Truth alarm(String rule, String series) {
      return rule.equals("lost")
          ? Truth.UNKNOWN
          : Truth.of(rule.equals("tripped") && series.equals("press-2/mode"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          pump-7/running == 1                                   | TRUE
          pump-7/running==1                                     | TRUE
          pump-7/running != 1                                   | FALSE
          pump-7/pressure >= 3 and pump-7/pressure < 3.5        | TRUE
          pump-7/pressure > 3 or pump-7/pressure <= -1e3        | FALSE
          pump-7/mode == 'auto'                                 | TRUE
          pump-7/mode != 'hand'                                 | TRUE
          "hall 1/ölstand" < -1                                 | TRUE
          not pump-7/running == 0                               | TRUE
          not (pump-7/running == 1 and pump-7/pressure == 3)    | FALSE
          pump-7/running == 0 and pump-7/running == 0 or pump-7/running == 1 | TRUE
          alarm(tripped, press-2/mode)                          | TRUE
          not alarm(tripped, press-1/mode)                      | TRUE
          not alarm(lost, press-1/mode)                         | UNKNOWN
          fresh(pump-7/pressure, 1s)                            | TRUE
          fresh(pump-7/running, 1s)                             | FALSE
          fresh(pump-9/running, 1s)                             | FALSE
          pump-9/running == 1                                   | UNKNOWN
          not pump-9/running == 1                               | UNKNOWN
          pump-9/running == 1 or pump-7/running == 1            | TRUE
          pump-9/running == 1 and pump-7/running == 0           | FALSE
          pump-9/running == 1 and pump-7/running == 1           | UNKNOWN
          pump-7/mode == 1                                      | UNKNOWN
          pump-7/running == 'auto'                              | UNKNOWN
          """)
  void judges(String text, Truth expected) {
    assertEquals(expected, Interlock.parse(text).holds(new Plant()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                        | at character 1: expected a series, but it ends
          pump-7/running            | at character 15: expected ==, !=, <, <=, > or >=, but it ends
          pump-7/running = 1        | at character 16: expected ==, !=, <, <=, > or >=, but there is =
          pump-7/running ==         | at character 18: expected a number, or a text in 'single quotes', but it ends
          pump-7/running == auto    | at character 19: expected a number, or a text in 'single quotes', but there is auto
          pump-7/running == NaN     | at character 19: expected a number, or a text
          pump-7/mode < 'auto'      | at character 15: expected a number, because texts are equal or not
          pump-7/mode == 'auto      | at character 16: the quote has no end
          (pump-7/x == 1            | at character 15: expected ), but it ends
          pump-7/x == 1)            | at character 14: expected and, or, or the end, but there is )
          pump-7/x == 1 pump-7/y == 1 | at character 15: expected and, or, or the end
          pump-7/x == 1 and         | at character 18: expected a series, but it ends
          alarm(tripped)            | at character 14: expected ,
          fresh(pump-7/x, soon)     | at character 17: expected a duration such as 10s
          pump-7/# == 1             | at character 1: pump-7/# is no series
          """)
  void saysWhereItIsBroken(String text, String fault) {
    var refusal = assertThrows(IllegalArgumentException.class, () -> Interlock.parse(text));
    String said = String.valueOf(refusal.getMessage());
    assertEquals(fault, said.substring(0, Math.min(fault.length(), said.length())));
  }

  @Test
  void knowsWhatItAsksFor() {
    Interlock interlock =
        Interlock.parse("a/x == 1 and not (fresh(b/y, 1s) or alarm(flow.hh, c/z)) or a/x > 9");
    assertEquals(Set.of("a/x", "b/y"), interlock.series());
    assertEquals(Set.of(new AlarmKey("flow.hh", "c/z")), interlock.alarms());
  }

  /** Garbage is refused with a sentence, and never in another way. */
  @Test
  void refusesGarbageInWords() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String[] parts = {
      "and", "or", "not", "(", ")", "alarm", "fresh", ",", "==", "<", "=", "!", "a/b", "1", "'t'",
      "\"s/t\"", "'", "\"", " ", "10s", "ä"
    };
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(12); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]).append(random.nextBoolean() ? " " : "");
      }
      try {
        Interlock.parse(text.toString()).holds(new Plant());
      } catch (IllegalArgumentException refused) {
        assertFalse(String.valueOf(refused.getMessage()).isBlank());
      } catch (RuntimeException other) {
        throw new AssertionError("seed " + seed + ": " + text, other);
      }
    }
  }
}
