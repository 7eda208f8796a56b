package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.disk.DiskTrouble;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.wire.frame.EventRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JournalWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final JournalHealth OK = new JournalHealth.Ok();
  private static final JournalHealth STALLED = new JournalHealth.Stalled(0);
  private static final JournalHealth FULL =
      new JournalHealth.Failing(DiskTrouble.NO_SPACE, "No space left on device", 0);

  private final List<EventRow> events = new ArrayList<>();
  private final JournalWatch watch = new JournalWatch(events::add);

  private void at(long second, JournalHealth health, long failures) {
    watch.tick(health, failures, second * SECOND, second * 1_000_000);
  }

  private List<String> types() {
    return events.stream().map(EventRow::type).toList();
  }

  @Test
  void tellsOnceThatItFailsAndOnceThatItWorksAgain() {
    at(0, OK, 0);
    at(1, FULL, 1);
    for (int second = 2; second < 100; second++) {
      at(second, FULL, second);
    }
    assertEquals(List.of("journal-failing"), types());
    assertEquals("no-space", events.getFirst().detail().get("cause"));
    assertEquals("No space left on device", events.getFirst().detail().get("error"));

    for (int second = 100; second < 120; second++) {
      at(second, OK, 99);
    }
    assertEquals(List.of("journal-failing", "journal-recovered"), types());
    assertEquals("98000", events.getLast().detail().get("durationMillis"));
    assertEquals("99", events.getLast().detail().get("failedSyncs"));
  }

  @Test
  void takesADiskThatFailsNowAndThenForOneTrouble() {
    for (int second = 0; second < 1_000; second++) {
      at(second, OK, second / 5);
    }
    assertEquals(List.of("journal-failing"), types());
    for (int second = 1_000; second < 1_020; second++) {
      at(second, OK, 199);
    }
    assertEquals(List.of("journal-failing", "journal-recovered"), types());
  }

  @Test
  void seesAFailureThatWasOverBeforeItLooked() {
    at(0, OK, 0);
    at(1, OK, 1);
    assertEquals(List.of("journal-failing"), types());
  }

  @Test
  void bearsAShortStallAndTellsOfALongOne() {
    at(0, OK, 0);
    at(1, STALLED, 0);
    at(5, STALLED, 0);
    at(6, OK, 0);
    at(60, STALLED, 0);
    assertEquals(List.of(), types());
    at(65, STALLED, 0);
    assertEquals("stalled", events.getFirst().detail().get("cause"));
    at(70, STALLED, 0);
    at(71, OK, 0);
    at(80, OK, 0);
    assertEquals(List.of("journal-failing", "journal-recovered"), types());
    assertEquals("10000", events.getLast().detail().get("durationMillis"), "from its begin");
  }

  @Test
  void countsTheFailuresOfEachTroubleApart() {
    at(1, FULL, 3);
    at(20, OK, 3);
    at(30, FULL, 5);
    at(50, OK, 5);
    assertEquals("3", events.get(1).detail().get("failedSyncs"));
    assertEquals("2", events.get(3).detail().get("failedSyncs"));
  }
}
