package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a database promises, in words (L12). */
final class DurabilityTest {
  @Test
  void findsNoRiskInAServerByItself() {
    risks(new Durability(true, true, "on", "", 0, 0, 0));
  }

  @Test
  void findsNoRiskBehindASynchronousStandby() {
    risks(new Durability(true, true, "on", "a", 2, 1, 0));
    risks(new Durability(true, true, "remote_apply", "ANY 1 (a, b)", 2, 2, 0));
    risks(new Durability(true, true, "on", "a", 1, 0, 1));
  }

  @Test
  void namesSettingsThatLoseCommits() {
    risks(new Durability(false, true, "on", "", 0, 0, 0), "fsync is off");
    risks(new Durability(true, false, "on", "", 0, 0, 0), "full_page_writes is off");
    risks(new Durability(true, true, "off", "", 0, 0, 0), "synchronous_commit is off");
    risks(
        new Durability(false, false, "off", "", 0, 0, 0),
        "fsync is off",
        "synchronous_commit is off");
  }

  @Test
  void namesAStandbyThatMayLackTheTail() {
    risks(new Durability(true, true, "on", "", 1, 0, 0), "a standby follows asynchronously");
    risks(new Durability(true, true, "on", "", 3, 0, 3), "3 standbys follow asynchronously");
    risks(new Durability(true, true, "local", "a", 1, 1, 0), "a standby follows, but");
  }

  @Test
  void namesCommitsThatWait() {
    risks(new Durability(true, true, "on", "a", 1, 0, 0), "no synchronous standby is connected");
  }

  private static void risks(Durability durability, String... beginnings) {
    assertEquals(beginnings.length, durability.risks().size(), durability.risks()::toString);
    for (int i = 0; i < beginnings.length; i++) {
      String risk = durability.risks().get(i);
      assertTrue(risk.startsWith(beginnings[i]), risk);
    }
  }
}
