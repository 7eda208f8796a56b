package io.edgeflow.gateway.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The real call. */
final class OsClockTest {
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void getsAnAnswerFromTheKernel() {
    OsClock clock = new OsClock();
    OsSync first = clock.synchronised();
    assertNotEquals(OsSync.UNKNOWN, first, "adjtimex(2) could not be called");
    for (int i = 0; i < 1_000; i++) {
      assertNotEquals(OsSync.UNKNOWN, clock.synchronised());
    }
  }

  @Test
  @DisabledOnOs(OS.LINUX)
  void knowsNothingElsewhere() {
    assertEquals(OsSync.UNKNOWN, new OsClock().synchronised());
  }

  @Test
  void readsTheUnsynchronisedBit() {
    assertEquals(OsSync.YES, OsClock.ofStatus(0x2001));
    assertEquals(OsSync.NO, OsClock.ofStatus(0x0041));
  }
}
