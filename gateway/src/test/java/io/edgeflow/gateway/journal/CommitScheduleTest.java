package io.edgeflow.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class CommitScheduleTest {
  private static final long COMMIT = 5;
  private static final long IDLE = 1000;
  private static final long START = -500;

  private final CommitSchedule schedule = new CommitSchedule(COMMIT, IDLE, START, false);

  @Test
  void sleepsWhenNothingWasEverAppended() {
    assertEquals(CommitSchedule.NEVER, schedule.dueIn(START + 1_000_000));
  }

  @Test
  void syncsAtOnceWhenSomebodyWaitsAndTheLastSyncIsLongAgo() {
    schedule.appended(START + 100);
    assertTrue(schedule.wanted());
    assertTrue(schedule.dueIn(START + 100) <= 0);
  }

  @Test
  void syncsAtLeastACommitIntervalApart() {
    schedule.appended(START);
    schedule.wanted();
    schedule.begun(START);
    schedule.ended(START + 1);
    schedule.appended(START + 1);
    schedule.wanted();
    assertEquals(4, schedule.dueIn(START + 1));
    assertEquals(0, schedule.dueIn(START + 5));
  }

  @Test
  void syncsAtOnceAfterASyncThatTookLongerThanTheInterval() {
    schedule.appended(START);
    schedule.wanted();
    schedule.begun(START);
    schedule.appended(START + 3);
    schedule.wanted();
    schedule.ended(START + 40);
    assertTrue(schedule.dueIn(START + 40) <= 0);
  }

  @Test
  void syncsOneIdleIntervalAfterTheFirstRecordThatNobodyWaitsFor() {
    schedule.appended(START + 7);
    assertEquals(IDLE, schedule.dueIn(START + 7));
    assertEquals(0, schedule.dueIn(START + 7 + IDLE));
  }

  @Test
  void writesOneMarkerAfterAnIdleIntervalAndThenSleeps() {
    schedule.appended(START);
    schedule.wanted();
    schedule.begun(START);
    schedule.ended(START + 2);
    assertFalse(schedule.pending());
    assertEquals(IDLE, schedule.dueIn(START + 2));
    assertEquals(0, schedule.dueIn(START + 2 + IDLE));
    schedule.markerWritten();
    assertEquals(CommitSchedule.NEVER, schedule.dueIn(START + 1_000_000));
  }

  @Test
  void triesAMarkerThatFailedAgainAfterAnotherIdleInterval() {
    CommitSchedule owing = new CommitSchedule(COMMIT, IDLE, START, true);
    assertEquals(0, owing.dueIn(START + IDLE));
    owing.markerFailed(START + IDLE);
    assertEquals(IDLE, owing.dueIn(START + IDLE));
  }

  @Test
  void syncsWhatIsUrgentWithoutWaitingForTheInterval() {
    schedule.appended(START);
    schedule.wanted();
    schedule.begun(START);
    schedule.ended(START + 1);
    schedule.appended(START + 1);
    schedule.wanted();
    assertTrue(schedule.hurried());
    assertFalse(schedule.hurried(), "it is due already");
    assertTrue(schedule.dueIn(START + 1) <= 0);
    schedule.begun(START + 1);
    schedule.ended(START + 2);
    schedule.appended(START + 2);
    schedule.wanted();
    assertEquals(4, schedule.dueIn(START + 2), "urgency passed on to the next batch");
  }

  @Test
  void isNotInAHurryWithNothingToSync() {
    assertFalse(schedule.hurried());
    assertEquals(CommitSchedule.NEVER, schedule.dueIn(START + 1_000_000));
  }

  @Test
  void wantingNothingChangesNothing() {
    assertFalse(schedule.wanted());
    schedule.appended(START);
    assertTrue(schedule.wanted());
    assertFalse(schedule.wanted(), "it is due already");
  }
}
