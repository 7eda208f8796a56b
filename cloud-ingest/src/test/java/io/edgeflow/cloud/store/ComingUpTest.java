package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComingUpTest {
  private int tries;

  @Test
  void waitsForWhatIsOutOfReachOrComesUp() throws Exception {
    Deque<Exception> troubles =
        new ArrayDeque<>(
            List.of(
                new SQLException("refused", "08001"),
                new SQLTransientConnectionException("the pool gave up"),
                new IllegalStateException(new SQLException("it starts", "57P03"))));
    assertEquals("there", ComingUp.<String, Exception>waitFor(() -> next(troubles)));
    assertEquals(4, tries);
  }

  @Test
  void takesARefusalAsOne() {
    Deque<Exception> troubles =
        new ArrayDeque<>(List.of(new SQLException("no such role", "28000")));
    assertThrows(
        SQLException.class, () -> ComingUp.<String, Exception>waitFor(() -> next(troubles)));
    assertEquals(1, tries);
  }

  private String next(Deque<Exception> troubles) throws Exception {
    tries++;
    Exception trouble = troubles.poll();
    if (trouble != null) {
      throw trouble;
    }
    return "there";
  }
}
