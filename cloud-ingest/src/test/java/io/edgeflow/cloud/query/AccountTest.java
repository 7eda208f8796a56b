package io.edgeflow.cloud.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** L9: whatever became of a frame, it is not missing. */
final class AccountTest {
  private static final List<String> FATES =
      List.of("superseded", "refused", "conflict", "dropped", "lost");

  @Test
  void missesWhatWasAnnouncedAndHasNoFate() {
    Map<String, Amount> fates = new HashMap<>();
    FATES.forEach(fate -> fates.put(fate, new Amount(1, 10)));
    Account account = Account.of(new Amount(12, 120), new Amount(4, 40), fates, Amount.NONE);
    assertEquals(new Amount(3, 30), account.missing());
    assertEquals(40, account.gone());
  }

  @Test
  void eachFateSettles() {
    for (String fate : FATES) {
      Account account =
          Account.of(
              new Amount(3, 30), new Amount(1, 10), Map.of(fate, new Amount(2, 20)), Amount.NONE);
      assertEquals(Amount.NONE, account.missing(), fate);
    }
  }
}
