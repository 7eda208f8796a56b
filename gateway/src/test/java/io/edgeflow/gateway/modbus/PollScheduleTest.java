package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class PollScheduleTest {
  @Test
  void staysOnItsGridHoweverLongAPollTook() {
    var schedule = new PollSchedule(1_000, 100);

    assertEquals(1_100, schedule.after(1_000));
    assertEquals(1_100, schedule.after(1_099));
    assertEquals(1_200, schedule.after(1_100));
    assertEquals(1_800, schedule.after(1_777), "what passed meanwhile is skipped");
  }

  @Test
  void beginsAtItsStart() {
    assertEquals(1_000, new PollSchedule(1_000, 100).after(3));
  }

  @Test
  void survivesTheOverflowOfTheMonotonicClock() {
    long start = Long.MAX_VALUE - 50;

    assertEquals(start + 100, new PollSchedule(start, 100).after(start + 70));
  }
}
