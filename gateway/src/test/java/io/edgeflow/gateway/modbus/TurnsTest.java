package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Plays a line by itself: the time is the test's. */
final class TurnsTest {
  private static final long MILLI = 1_000_000;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private long now = 1_000_000_000_000L;

  @Test
  void asksEachUnitOncePerIntervalWithoutDrift() {
    Turns turns = turns(3, Duration.ofMillis(100), 0);
    List<Long> asked = new ArrayList<>();
    long start = now;
    while (now < start + 10_000 * MILLI) {
      int unit = turns.next(now);
      if (unit == 1) {
        asked.add((now - start) / MILLI);
      }
      pass(turns, unit, 7 * MILLI);
    }
    assertEquals(10, asked.size(), asked::toString);
    assertTrue(asked.getLast() < 9_000 + 30, () -> "drifts: " + asked);
    assertEquals(0, turns.missed(1));
  }

  @Test
  void deadUnitsCostTheOthersNoCycle() {
    Set<Integer> dead = Set.of(3, 7, 11, 19, 20, 28, 33, 37, 42, 49);
    Turns turns = turns(50, Duration.ofMillis(500), 1);
    long begun = now;
    long settled = begun + 20_000 * MILLI; // Until then new units are still met for the first time.
    long[] missedBefore = new long[50];
    long latest = 0;
    while (now < begun + 300_000 * MILLI) {
      if (now < settled) {
        for (int unit = 0; unit < 50; unit++) {
          missedBefore[unit] = turns.missed(unit);
        }
      }
      int unit = turns.next(now);
      if (unit != Turns.NOBODY && now > settled && !dead.contains(unit)) {
        latest = Math.max(latest, (now - begun) % (1_000 * MILLI));
      }
      ask(turns, unit, dead.contains(unit), 500 * MILLI);
    }
    long late = latest / MILLI;
    assertTrue(late <= 40 * 2, () -> "a probe delayed its neighbours: " + late + " ms");
    for (int unit = 0; unit < 50; unit++) {
      assertEquals(missedBefore[unit], turns.missed(unit), "unit " + unit);
      assertTrue(dead.contains(unit) == turns.silences(unit) > 0, "unit " + unit);
    }
  }

  /**
   * No time-out fits behind its round: it is taken there all the same, and not before the round.
   */
  @Test
  void aLateRoundIsNoReasonToTryADeadUnitBeforeTheOthers() {
    Turns turns = turns(3, Duration.ofMillis(900), 0);
    long begun = now;
    while (now < begun + 600_000 * MILLI) {
      int unit = turns.next(now);
      boolean dead = unit == 2;
      long late = (now - begun) % (1_000 * MILLI);
      if (unit == 0 && now > begun + 20_000 * MILLI) {
        assertTrue(late < 900 * MILLI, () -> "first asked " + late / MILLI + " ms late");
      }
      if (unit == 0) {
        pass(turns, 0, 400 * MILLI);
      } else {
        ask(turns, unit, dead, 900 * MILLI);
      }
    }
    assertEquals(0, turns.missed(0));
    assertTrue(turns.silences(2) > 20, "the dead one is tried: " + turns.silences(2));
  }

  @Test
  void aDyingUnitDelaysItsNeighboursByOneTimeOutAtMost() {
    Turns turns = turns(20, Duration.ofMillis(300), 2);
    long begun = now;
    long[] last = new long[20];
    long worst = 0;
    while (now < begun + 60_000 * MILLI) {
      int unit = turns.next(now);
      boolean dead = unit == 5 && now > begun + 10_000 * MILLI;
      if (unit != Turns.NOBODY && unit != 5) {
        worst = last[unit] == 0 ? worst : Math.max(worst, now - last[unit]);
        last[unit] = now;
      }
      ask(turns, unit, dead, 300 * MILLI);
    }
    long most = worst / MILLI;
    assertTrue(most <= 1_000 + 300 + 20 * 2, () -> most + " ms from one poll to the next");
  }

  @Test
  void aPollThatPausesLetsItsNeighboursInAndKeepsItsInstants() {
    Turns turns = turns(2, Duration.ofMillis(300), 0);
    long begun = now;
    pass(turns, turns.next(now), 0);
    pass(turns, turns.next(now), 0);
    now += turns.idleNanos(now);

    long asked = now;
    assertEquals(0, turns.next(now));
    now += 290 * MILLI;
    assertTrue(turns.isAwaited(0, now));
    turns.paused(0, asked, now);
    assertEquals(1, turns.next(now));
    pass(turns, 1, 2 * MILLI);
    assertEquals(0, turns.next(now), "it goes on");
    asked = now;
    now += 290 * MILLI;
    assertTrue(!turns.isAwaited(0, now));
    turns.answered(0, asked, now);

    now += turns.idleNanos(now);
    assertEquals(2_000 * MILLI, now - begun);
    assertEquals(0, turns.missed(0) + turns.missed(1));
  }

  @Test
  void aUnitThatComesBackIsAskedAtItsOldInstants() {
    Turns turns = turns(1, Duration.ofMillis(100), 0);
    long begun = now;
    while (now < begun + 40_000 * MILLI) {
      int unit = turns.next(now);
      ask(turns, unit, now < begun + 20_000 * MILLI, 100 * MILLI);
    }
    assertEquals(0, turns.silences(0));
    long phase = (now + turns.idleNanos(now) - begun) % (1_000 * MILLI);
    assertEquals(0, phase);
    assertEquals(0, turns.missed(0), "a unit that does not answer misses nothing");
  }

  @Test
  void probesAreFewWhileNobodyAnswersAndNeverEnd() {
    Turns turns = turns(1, Duration.ofMillis(100), 0);
    long begun = now;
    int probes = 0;
    while (now < begun + 3_600_000 * MILLI) {
      int unit = turns.next(now);
      probes += unit == 0 ? 1 : 0;
      ask(turns, unit, true, 100 * MILLI);
    }
    int asked = probes;
    assertTrue(asked > 3_600 / 31 && asked < 300, () -> asked + " probes within an hour");
  }

  @Test
  void aLineThatIsNeverIdleStillTriesTheDead() {
    Turns turns = turns(2, Duration.ofMillis(50), 0);
    int probes = 0;
    for (int i = 0; i < 2_000; i++) {
      int unit = turns.next(now);
      probes += unit == 1 ? 1 : 0;
      if (unit == 0) {
        long begun = now;
        now += 1_500 * MILLI; // Longer than its interval: it is always due.
        turns.answered(0, begun, now);
      } else {
        ask(turns, unit, true, 50 * MILLI);
      }
    }
    assertTrue(probes > 20, "probes: " + probes);
  }

  private Turns turns(int units, Duration timeout, int retries) {
    List<ModbusDevice> devices = new ArrayList<>();
    for (int i = 0; i < units; i++) {
      devices.add(
          new ModbusDevice("unit-" + i, i, Duration.ofSeconds(1), PlanLimits.USUAL, List.of()));
    }
    var random = new Random(units);
    return new Turns(
        new ModbusBus("line", timeout, retries, devices), BACKOFF, random::nextDouble, now);
  }

  private void ask(Turns turns, int unit, boolean dead, long timeoutNanos) {
    if (unit != Turns.NOBODY && dead) {
      now += timeoutNanos;
      turns.silent(unit, Duration.ZERO, now);
    } else {
      pass(turns, unit, 2 * MILLI);
    }
  }

  private void pass(Turns turns, int unit, long tookNanos) {
    if (unit == Turns.NOBODY) {
      long idle = turns.idleNanos(now);
      assertTrue(idle > 0, "it would turn round and round");
      now += idle;
    } else {
      long begun = now;
      now += tookNanos;
      turns.answered(unit, begun, now);
    }
  }
}
