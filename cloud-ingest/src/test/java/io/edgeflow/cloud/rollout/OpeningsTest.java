package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.rollout.MaintenanceWindow.Day;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OpeningsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void withoutWindowsItIsAlwaysOpen() {
    var always = new Openings(List.of(), BERLIN);
    assertTrue(always.open(Instant.EPOCH, Duration.ofDays(400)));
    assertEquals(Optional.of(Instant.EPOCH), always.next(Instant.EPOCH, Duration.ZERO));
  }

  @Test
  void aWindowOverMidnightBelongsToTheDayOnWhichItOpens() {
    Openings friday = openings(BERLIN, "22:00", "05:00", Day.FRI);
    assertFalse(open(friday, "2026-03-06T20:59:59Z"));
    assertTrue(open(friday, "2026-03-06T21:00:00Z"));
    assertTrue(open(friday, "2026-03-07T03:59:59Z"), "Saturday morning");
    assertFalse(open(friday, "2026-03-07T04:00:00Z"));
    assertFalse(open(friday, "2026-03-06T03:00:00Z"), "Friday morning is Thursday's night");
  }

  @Test
  void itIsEachEdgesOwnClockThatCounts() {
    assertTrue(open(openings(ZoneId.of("Asia/Kolkata"), "22:00", "23:00"), "2026-03-06T16:30:00Z"));
    assertTrue(open(openings(ZoneId.of("UTC"), "22:00", "23:00"), "2026-03-06T22:30:00Z"));
  }

  @Test
  void theClockPutForwardShortensTheNight() {
    Openings nights = openings(BERLIN, "22:00", "05:00");
    assertTrue(open(nights, "2026-03-28T21:00:00Z"), "22:00 in winter");
    assertTrue(open(nights, "2026-03-29T02:59:00Z"), "04:59 in summer");
    assertFalse(open(nights, "2026-03-29T03:00:00Z"));
    assertEquals(
        Optional.of(Instant.parse("2026-03-30T00:10:00Z")),
        openings(BERLIN, "02:10", "02:50").next(Instant.parse("2026-03-29T00:00:00Z"), SHORT),
        "not on the day without that hour");
    Openings until = openings(BERLIN, "01:00", "02:30");
    assertTrue(open(until, "2026-03-29T00:59:59Z"));
    assertFalse(open(until, "2026-03-29T01:00:00Z"), "the clock shows 03:00");
    Openings from = openings(BERLIN, "02:30", "04:00");
    assertFalse(open(from, "2026-03-29T00:59:59Z"));
    assertTrue(open(from, "2026-03-29T01:00:00Z"));
  }

  /** In nights in which it is put forward or back, of all windows of whole quarters. */
  @Test
  void whereverItIsOpenTheClockOnTheWallShowsATimeWithinIt() {
    for (String noon : List.of("2026-03-28T11:00:00Z", "2026-10-24T11:00:00Z")) {
      for (int from = 0; from < 20; from++) {
        for (int to = from + 1; to <= 20; to++) {
          within(Instant.parse(noon), quarter(from), quarter(to));
        }
      }
    }
  }

  private static void within(Instant noon, LocalTime from, LocalTime to) {
    Openings openings = openings(BERLIN, from.toString(), to.toString());
    for (Instant at = noon; at.isBefore(noon.plus(DAY)); at = at.plus(SHORT)) {
      LocalTime wall = LocalTime.ofInstant(at, BERLIN);
      if (openings.open(at, Duration.ZERO) && (wall.isBefore(from) || !wall.isBefore(to))) {
        throw new AssertionError(from + " to " + to + " is open at " + at + ", " + wall);
      }
    }
  }

  private static LocalTime quarter(int number) {
    return LocalTime.MIDNIGHT.plusMinutes(15L * number);
  }

  @Test
  void theClockPutBackLengthensTheNight() {
    Openings nights = openings(BERLIN, "22:00", "05:00");
    assertEquals(
        Optional.of(Instant.parse("2026-10-25T04:00:00Z")),
        nights.closes(Instant.parse("2026-10-24T20:00:00Z")),
        "eight hours");
    Openings from = openings(BERLIN, "02:30", "04:00");
    assertFalse(open(from, "2026-10-25T00:30:00Z"), "the clock will show 02:00 again");
    assertTrue(open(from, "2026-10-25T01:30:00Z"));
    Openings until = openings(BERLIN, "01:00", "02:30");
    assertFalse(open(until, "2026-10-25T00:30:00Z"));
    assertFalse(open(until, "2026-10-25T01:00:00Z"), "closed once");
    Openings within = openings(BERLIN, "02:10", "02:50");
    assertTrue(open(within, "2026-10-25T00:10:00Z"));
    assertFalse(open(within, "2026-10-25T01:10:00Z"), "once");
  }

  @Test
  void equalTimesAreAWholeDayAndTwentyFourIsMidnight() {
    Openings day = openings(BERLIN, "06:00", "06:00", Day.SUN);
    assertTrue(open(day, "2026-03-08T05:00:00Z"));
    assertTrue(open(day, "2026-03-09T04:59:00Z"));
    assertFalse(open(day, "2026-03-09T05:00:00Z"));
    assertEquals(ClockTime.parse("00:00"), ClockTime.parse("24:00"));
    var whole =
        new MaintenanceWindow(List.of(), ClockTime.parse("06:00"), ClockTime.parse("06:00"));
    assertEquals(Duration.ofDays(1), whole.length());
  }

  @Test
  void anEdgeBeginsOnlyWhereItCanActivateBeforeItCloses() {
    Openings hour = openings(BERLIN, "22:00", "23:00");
    Instant half = Instant.parse("2026-03-06T21:30:00Z");
    assertTrue(hour.open(half, Duration.ofMinutes(30)));
    assertFalse(hour.open(half, Duration.ofMinutes(31)));
    assertEquals(
        Optional.of(Instant.parse("2026-03-07T21:00:00Z")),
        hour.next(half, Duration.ofMinutes(31)));
  }

  @Test
  void theNextOpeningIsFoundAWeekAhead() {
    Openings mondays = openings(BERLIN, "22:00", "23:00", Day.MON);
    assertEquals(
        Optional.of(Instant.parse("2026-03-09T21:00:00Z")),
        mondays.next(Instant.parse("2026-03-02T22:00:00Z"), Duration.ZERO));
  }

  @Test
  void ofTwoThatOverlapTheLongerCounts() {
    var hour = new MaintenanceWindow(List.of(), ClockTime.parse("22:00"), ClockTime.parse("23:00"));
    var night =
        new MaintenanceWindow(List.of(), ClockTime.parse("21:00"), ClockTime.parse("02:00"));
    for (List<MaintenanceWindow> both : List.of(List.of(hour, night), List.of(night, hour))) {
      Instant at = Instant.parse("2026-03-06T22:30:00Z");
      assertEquals(
          Optional.of(Instant.parse("2026-03-07T02:00:00Z")),
          new Openings(both, ZoneId.of("UTC")).closes(at));
    }
  }

  private static boolean open(Openings openings, String at) {
    return openings.open(Instant.parse(at), Duration.ZERO);
  }

  private static Openings openings(ZoneId zone, String from, String to, Day... days) {
    return new Openings(
        List.of(new MaintenanceWindow(List.of(days), ClockTime.parse(from), ClockTime.parse(to))),
        zone);
  }
}
