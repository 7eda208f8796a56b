package io.edgeflow.gateway.uplink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What waits is read in pages and goes in the order that was asked for, live frames first. */
final class SendPlanBacklogTest {
  private static final Duration JITTER = Duration.ofSeconds(5);

  @Test
  void readsOnlyAsMuchAsItMayHold() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 10_000; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 100));
    }
    driver.establish();
    assertEquals(HandLimits.DEFAULT.backlog(), driver.plan.status().heldFrames());
    assertFalse(driver.plan.status().drained());
    driver.commitEverything();
    assertEquals(0, driver.waiting.size());
    assertTrue(driver.plan.status().drained());
    assertEquals(numbers("window", 1, 10_000), driver.sent());
  }

  @Test
  void sendsTheNewestFirstIfToldSo() {
    PlanDriver driver = new PlanDriver(BacklogOrder.NEWEST, Duration.ZERO);
    for (int i = 1; i <= 5_000; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 100));
    }
    driver.establish();
    driver.commitEverything();
    assertEquals(numbers("window", 1, 5_000).reversed(), driver.sent());
  }

  /** What is numbered while the link is down is not kept in memory, and goes when it is back. */
  @Test
  void holdsNothingWhileTheLinkIsDown() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    driver.establish();
    driver.perform(driver.plan.closed(1, "cut", driver.now));
    for (int i = 1; i <= 5_000; i++) {
      driver.number(Sample.frame(Lane.WINDOW, i, 100));
    }
    assertEquals(0, driver.plan.status().heldFrames());
    driver.reconnect(2);
    driver.commitEverything();
    assertEquals(numbers("window", 1, 5_000), driver.sent());
  }

  /** Live frames that find no room wait in the ledger, and are not forgotten there. */
  @Test
  void leavesBehindWhatIsTooMuchAtOnce() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    driver.establish();
    for (int i = 1; i <= 5_000; i++) {
      driver.number(Sample.frame(Lane.WINDOW, i, 100));
    }
    HandLimits limits = HandLimits.DEFAULT;
    assertTrue(driver.plan.status().heldFrames() <= limits.live() + limits.backlog());
    driver.commitEverything();
    assertEquals(5_000, driver.sent().size());
    assertEquals(0, driver.waiting.size());
  }

  @Test
  void letsEventsOvertakeEverything() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 100; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 1000));
      driver.waiting.add(Sample.frame(Lane.EVENT, i, 1000));
    }
    driver.establish();
    driver.number(Sample.frame(Lane.WINDOW, 101, 1000));
    driver.number(Sample.frame(Lane.RAW, 1, 1000));
    driver.number(Sample.frame(Lane.EVENT, 101, 1000));
    driver.commitEverything();
    assertEquals(numbers("event", 1, 101), driver.sent().subList(0, 101));
    assertEquals("window 101", driver.sent().get(101));
  }

  /** A thousand edges that return together do not pour out what they have at once. */
  @Test
  void waitsAMomentBeforeTheBacklogGoesButNotWithLiveFramesAndEvents() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, JITTER);
    driver.waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    driver.waiting.add(Sample.frame(Lane.EVENT, 1, 100));
    driver.establish();
    assertEquals(List.of("event 1"), driver.sent());
    driver.number(Sample.frame(Lane.WINDOW, 2, 100));
    assertEquals(List.of("event 1", "window 2"), driver.sent());
    long wait = driver.plan.waitNanos(driver.now);
    assertTrue(wait > 0 && wait <= JITTER.toNanos(), () -> wait + " ns");
    driver.now += wait;
    driver.perform(driver.plan.tick(driver.now));
    assertEquals(List.of("event 1", "window 2", "window 1"), driver.sent());
  }

  /** A link that flaps would never drain if each pause were longer than the link lasts. */
  @Test
  void pausesForAQuarterOfTheOutageAtMost() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, JITTER);
    driver.establish();
    long cut = driver.now;
    driver.perform(driver.plan.closed(1, "cut", driver.now));
    driver.waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    driver.reconnect(2);
    long outage = driver.now - cut;
    assertTrue(driver.plan.waitNanos(driver.now) <= outage / 4);
  }

  @Test
  void sendsWhatItCanAtOnceWhenTheProcessEnds() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, JITTER);
    driver.waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    driver.establish();
    assertEquals(List.of(), driver.sent());
    driver.perform(driver.plan.hurry(driver.now));
    assertEquals(List.of("window 1"), driver.sent());
  }

  /** L3: what the cloud lost is found again by pages, though they had passed it. */
  @Test
  void readsWhatWasReopenedAfterTheLastPage() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    driver.number(Sample.frame(Lane.WINDOW, 1, 100));
    driver.establish();
    driver.commitEverything();
    driver.waiting.add(Sample.frame(Lane.WINDOW, 1, 100));
    driver.perform(driver.plan.reopened(Lane.WINDOW, driver.now));
    assertEquals(List.of("window 1", "window 1"), driver.sent());
  }

  /** J7: coarsened or dropped while it was read already. */
  @Test
  void sendsNothingThatIsGone() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 100; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 1000));
    }
    driver.establish();
    driver.waiting.remove(Lane.WINDOW, 50, 60);
    driver.perform(driver.plan.gone(Sample.INCARNATION, Lane.WINDOW, 50, 60, driver.now));
    driver.commitEverything();
    assertEquals(89, driver.sent().size());
    assertFalse(driver.sent().contains("window 55"));
  }

  /** Only a page tells where it lies now, if anywhere. */
  @Test
  void asksAgainForAFrameThatIsNotWhereItWas() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    OutgoingFrame frame = Sample.frame(Lane.WINDOW, 1, 100);
    driver.waiting.add(frame);
    driver.establish();
    driver.perform(driver.plan.lost(frame.id(), driver.now));
    assertEquals(List.of("window 1", "window 1"), driver.sent());
    driver.waiting.remove(Lane.WINDOW, 1, 1);
    driver.perform(driver.plan.lost(frame.id(), driver.now));
    assertEquals(2, driver.sent().size());
    assertTrue(driver.plan.status().drained());
  }

  /** L4: a cloud that takes its credit back is not sent again what it has. */
  @Test
  void sendsNothingAgainBeyondACreditThatFell() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 10; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 700));
    }
    driver.establish();
    assertEquals(10, driver.sent().size());
    driver.acknowledge(Sample.verdict(1500, Sample.DATABASE, Lane.WINDOW, 1, 1, Verdict.COMMITTED));
    driver.now += UplinkSettings.DEFAULTS.resendAfter().toNanos();
    driver.perform(driver.plan.tick(driver.now));
    assertTrue(driver.plan.status().inFlightBytes() <= 1500);
    assertEquals(12, driver.sent().size(), () -> driver.sent().toString());
  }

  /** L4: its interval is a second, and its edge's turn at the backlog may take long to come. */
  @Test
  void sendsWhatIsNewWithoutCreditOneAtATime() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 5; i++) {
      driver.waiting.add(Sample.frame(Lane.EVENT, i, 700));
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 700));
    }
    driver.establish(new Acknowledgement(true, Sample.DATABASE, 0, 0, 1, List.of()));
    assertEquals(List.of("event 1"), driver.sent());
    driver.number(Sample.frame(Lane.WINDOW, 6, 700));
    driver.number(Sample.frame(Lane.WINDOW, 7, 700));
    driver.number(Sample.frame(Lane.RAW, 1, 700));
    assertEquals(List.of("event 1", "window 6"), driver.sent(), "not behind old events");
    driver.now += 5_000_000_000L;
    driver.perform(driver.plan.tick(driver.now));
    assertEquals(2, driver.sent().size(), "no verdict on the one before");
    driver.acknowledge(Sample.verdict(0, Sample.DATABASE, Lane.WINDOW, 6, 6, Verdict.COMMITTED));
    assertEquals(List.of("event 1", "window 6", "window 7"), driver.sent());
  }

  /** L4: also where a credit is less than what is under way, and not faster than its interval. */
  @Test
  void sendsWhatIsNewBeyondACreditThatTheBacklogUses() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 5; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 700));
    }
    driver.establish(new Acknowledgement(true, Sample.DATABASE, 0, 300, 1, List.of()));
    for (int i = 6; i <= 9; i++) {
      driver.number(Sample.frame(Lane.WINDOW, i, 700));
      driver.acknowledge(
          Sample.verdict(300, Sample.DATABASE, Lane.WINDOW, i, i, Verdict.COMMITTED));
    }
    assertEquals(List.of("window 1", "window 6"), driver.sent());
    for (int second = 1; second <= 3; second++) {
      driver.now += driver.plan.waitNanos(driver.now);
      driver.perform(driver.plan.tick(driver.now));
      int news = 6 + second;
      assertEquals(2 + second, driver.sent().size(), () -> driver.sent().toString());
      assertEquals("window " + news, driver.sent().getLast());
      driver.acknowledge(
          Sample.verdict(300, Sample.DATABASE, Lane.WINDOW, news, news, Verdict.COMMITTED));
    }
    assertEquals(1_000 + 3_000_000_000L, driver.now);
  }

  /** Whatever the cloud says, memory stays flat. */
  @Test
  void sendsNoMoreAtOnceThanItWouldKeepInMemory() {
    PlanDriver driver = new PlanDriver(BacklogOrder.OLDEST, Duration.ZERO);
    for (int i = 1; i <= 100; i++) {
      driver.waiting.add(Sample.frame(Lane.WINDOW, i, 1 << 20));
    }
    driver.establish(new Acknowledgement(true, Sample.DATABASE, 0, Long.MAX_VALUE, 1, List.of()));
    assertTrue(driver.plan.status().inFlightBytes() <= Chooser.MOST_CREDIT);
  }

  private static List<String> numbers(String lane, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(number -> lane + " " + number).toList();
  }
}
