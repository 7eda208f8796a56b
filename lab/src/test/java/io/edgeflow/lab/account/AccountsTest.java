package io.edgeflow.lab.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.lab.account.Accounts.Pair;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** An edge that lives may tell of something while both ledgers are read. */
final class AccountsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final AtomicInteger told = new AtomicInteger(3);
  private final AtomicInteger delivered = new AtomicInteger(3);

  @Test
  void isOfOneMomentThoughTheEdgeSaysSomethingBetween() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Accounts accounts =
        new Accounts(
            path -> edge(),
            path -> {
              if (asked.getAndIncrement() == 0) {
                told.incrementAndGet();
                delivered.incrementAndGet();
              }
              return cloud();
            },
            "demo");

    Pair pair = accounts.pair();

    assertTrue(Balance.of(pair.edge(), pair.cloud()).holds());
    assertEquals(4, pair.edge().lane(Lane.EVENT).framed().frames());
    assertEquals(2, asked.get());
  }

  @Test
  void waitsForWhatIsStillOnItsWay() throws Exception {
    told.incrementAndGet();
    AtomicInteger asked = new AtomicInteger();
    Accounts accounts =
        new Accounts(
            path -> edge(),
            path -> {
              if (asked.incrementAndGet() == 2) {
                delivered.incrementAndGet();
              }
              return cloud();
            },
            "demo");

    assertTrue(accounts.pair().edge().delivered());
  }

  @Test
  void doesNotHideAFrameThatTheEdgeForgot() throws Exception {
    Accounts accounts = new Accounts(path -> edge(), path -> cloud(told.get() + 1), "demo");

    Pair pair = accounts.pair();

    assertFalse(Balance.of(pair.edge(), pair.cloud()).holds());
  }

  private JsonNode edge() throws IOException {
    int all = told.get();
    int there = delivered.get();
    return MAPPER.readTree(
        """
        {"received":0,"accepted":0,"folded":0,"duplicate":0,"pending":0,
         "lanes":{"event":{"framed":{"frames":%d},"delivered":{"frames":%d},
                           "buffered":{"frames":%d}}}}
        """
            .formatted(all, there, all - there));
  }

  private JsonNode cloud() throws IOException {
    return cloud(delivered.get());
  }

  private static JsonNode cloud(int committed) throws IOException {
    return MAPPER.readTree(
        """
        {"balances":true,"totals":{"event":{"committed":{"frames":%d}}},"audit":[]}
        """
            .formatted(committed));
  }
}
