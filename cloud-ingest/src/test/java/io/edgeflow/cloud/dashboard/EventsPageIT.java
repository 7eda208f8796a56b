package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events and alarms in a real browser; and what the page does while the cloud is away. */
@Timeout(180)
final class EventsPageIT extends PageCase {
  private static final String ROWS = "#events-page .event";

  private final Plant plant = new Plant("pi-7", new Random(7));
  private final long now = System.currentTimeMillis() * 1000;

  @BeforeEach
  void store() throws Exception {
    EventRow[] events =
        IntStream.range(0, 250)
            .mapToObj(i -> event(i, i % 10 == 0 ? EventSeverity.WARNING : EventSeverity.INFO))
            .toArray(EventRow[]::new);
    long minute = (now - Plant.START) / Plant.MINUTE;
    cloud.store(
        plant.windows("pump-1/flow", Plant.window(minute - 1, 5, 6)),
        plant.events(events),
        plant.events(alarm("one", "flow.h", "high"), alarm("two", "flow.hh", "critical")));
    cloud.schema().execute("update edge set online = true, site = 'west'");
  }

  @Test
  void filtersAndPagesEventsAndTakesAnAnswerToAnAlarm() throws Exception {
    open("page=events", DESKTOP, false);
    untilCount(ROWS, 100);
    untilCount("#events-page .alarm-row", 2);
    assertEquals("critical", text("#events-page .alarm-row .priority"));
    keep("events-light.png");
    click("#events-page > .events > .small-button");
    // Times are not unique: a page begins with the last time of the one before.
    untilCount(ROWS, 199);
    click("#events-page > .events > .small-button");
    untilCount(ROWS, 252);
    browser.until("document.querySelector('#events-page > .events > .small-button').hidden");
    click("#events-page [value=warning]");
    untilCount(ROWS, 27);
    browser.until("location.hash.includes('severity=warning')");
    click("#events-page [value=all]");
    untilCount(ROWS, 100);
    type("#events-page [type=search]", "number 77 flow");
    untilCount(ROWS, 1);
    type("#events-page [type=search]", "");
    untilCount("#events-page .alarm-row", 2);
    click("#events-page .alarm-row .small-button");
    browser.until("document.getElementById('ack').open");
    browser.eval("document.getElementById('ack-who').value = 'ada'");
    click("#ack .main-button");
    untilText("#events-page .alarm-row .by", "by ada");
    click("#events-page .check input");
    untilCount("#events-page .alarm-row", 1);
    cloud.store(
        plant.events(
            new EventRow(
                now + 5_000, EventSeverity.ALARM, "trip", "", "a breaker fell", new TreeMap<>())));
    untilText(ROWS + " .message", "a breaker fell");
    assertEquals(
        1, cloud.get("/api/v1/alarms?edge=pi-7").findValuesAsText("who").size(), "said twice");
    assertEquals(List.of(), browser.complaints());
  }

  /** What is shown is old while the cloud is away, and says so; it goes on by itself. */
  @Test
  void saysThatItIsOldWhileTheCloudIsAwayAndGoesOnAfterwards() throws Exception {
    int port = cloud.port();
    open("page=fleet", DESKTOP, true);
    untilText(".edges-table th a", "pi-7");
    browser.until("document.getElementById('link').textContent === 'live'");
    assertTrue(browser.eval("document.getElementById('stale').hidden").equals("true"));
    cloud.close();
    browser.until("document.getElementById('link').textContent !== 'live'");
    browser.eval("(real => { Date.now = () => real() + 60000 })(Date.now.bind(Date))");
    browser.until("!document.getElementById('stale').hidden");
    untilText("#stale", "old");
    untilText(".edges-table th a", "pi-7");
    keep("stale-dark.png");
    cloud = new ServedCloud(InstantSource.system(), WebSettings.of("127.0.0.1", port));
    Plant other = new Plant("pi-8", new Random(8));
    cloud.store(other.windows("pump-1/flow", Plant.window((now - Plant.START) / Plant.MINUTE, 5)));
    browser.until("document.getElementById('link').textContent === 'live'");
    untilText(".edges-table th a", "pi-8");
    browser.until("document.getElementById('stale').hidden");
  }

  private EventRow event(int number, EventSeverity severity) {
    return new EventRow(
        now - number * Plant.MINUTE,
        severity,
        "deploy",
        number % 7 == 0 ? "pump-1/flow" : "",
        "something happened, number " + number,
        new TreeMap<>());
  }

  private EventRow alarm(String id, String rule, String priority) {
    return Plant.alarm("alarm-raised", now, id, rule, priority, "unacknowledged");
  }
}
