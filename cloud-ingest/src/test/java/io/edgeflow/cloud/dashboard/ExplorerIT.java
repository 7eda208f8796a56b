package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.SeriesEntry;
import io.edgeflow.wire.frame.WindowRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixty days of two pumps in the explorer of a real browser, with a gap of three hours yesterday.
 */
@Timeout(180)
final class ExplorerIT extends PageCase {
  private static final long HOUR = 60 * Plant.MINUTE;
  private static final int DAYS = 60;
  private static final String FLOW = "series=pi-7/pump-1/flow";

  private final Plant plant = new Plant("pi-7", new Random(7));
  private final long now = System.currentTimeMillis() * 1000;
  private final long gapFrom = (now / HOUR - 20) * HOUR;
  private final long gapTo = gapFrom + 3 * HOUR;

  @BeforeEach
  void store() throws Exception {
    List<SeriesEntry> series = List.of(Plant.gauge("pump-1/flow"), Plant.gauge("pump-2/flow"));
    List<WindowRow> rows = new ArrayList<>();
    long begin = (now / HOUR - DAYS * 24L) * HOUR;
    for (long time = begin; time < now; ) {
      long length = now - time > 36 * HOUR ? 15 * Plant.MINUTE : Plant.MINUTE;
      if (time < gapFrom || time >= gapTo) {
        double value = 50 + 9 * Math.sin(time / 86_400e6 * 2 * Math.PI);
        rows.add(new WindowRow(0, window(time, length, value)));
        rows.add(new WindowRow(1, window(time, length, value + 12)));
      }
      time += length;
    }
    cloud.store(plant.windows(series, rows));
    cloud.store(
        plant.events(
            Plant.alarm("alarm-raised", now - HOUR / 2, "a", "flow.h", "high", "unacknowledged")));
    cloud.schema().execute("update edge set online = true, site = 'west'");
  }

  @Test
  void fetchesFinerDataAsItIsZoomedAndKeepsTheOldUntilThen() throws Exception {
    open("page=explore&last=30d&" + FLOW, DESKTOP, false);
    untilStep("2h");
    browser.until(lines() + " > 300");
    keep("explore-month-light.png");
    // From here on no question leaves until it may, so that what is shown meanwhile can be seen.
    browser.eval(
        "(quick => { window.asked = []; const gate = new Promise(r => { window.letThrough = r });"
            + " window.fetch = (...asked) => { window.asked.push(String(asked[0])); return"
            + " gate.then(() => quick(...asked)) } })(window.fetch.bind(window))");
    browser.press("+", "Equal", 187);
    browser.until("document.querySelector('.explore-charts').classList.contains('loading')");
    browser.press("+", "Equal", 187);
    assertEquals("2h", browser.eval("document.querySelector('.explore-charts').dataset.step"));
    assertTrue(Integer.parseInt(browser.eval(lines())) > 50, "nothing is shown meanwhile");
    browser.until("window.asked.some(one => one.includes('step=30m'))");
    browser.eval("window.letThrough()");
    untilStep("30m");
    browser.until("!document.querySelector('.explore-charts').classList.contains('loading')");
    assertEquals(
        "0",
        browser.eval(
            "performance.getEntriesByType('resource').filter(one =>"
                + " one.name.includes('step=1h')).length"),
        "a question that nobody waits for was not given up");
    browser.until("location.hash.includes('from=')");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void drawsAGapAsAGapAndSaysWhy() throws Exception {
    // Whole points are left out, which the answer tells as a gap; the page shows the mark alone.
    long marked = (now / HOUR - 10) * HOUR;
    cloud.post(
        "/api/v1/series/invalid",
        """
        {"series": "pi-7/pump-1/flow", "from": %d, "to": %d, "who": "ada", "why": "the sensor was out"}
        """
            .formatted(marked / 1000, (marked + HOUR) / 1000));
    open("page=explore&last=1d&" + FLOW, DESKTOP, true);
    untilText(".gap-list", "no readings; nothing is known to be missing, 3 h");
    untilText(".gap-list .invalid", "marked as wrong by ada: the sensor was out");
    assertEquals(
        "true",
        browser.eval(
            option()
                + ".series.find(s => s.name.endsWith('flow') && s.type === 'line').data.some(d"
                + " => Array.isArray(d) && d[1] === null)"),
        "the line goes on through the gap");
    assertEquals(
        "%d-%d,%d-%d"
            .formatted(gapFrom / 1000, gapTo / 1000, marked / 1000, (marked + HOUR) / 1000),
        browser.eval(
            option()
                + ".series.find(s => s.name === 'gaps').markArea.data.map(([a, b]) =>"
                + " a.xAxis + '-' + b.xAxis)"));
    browser.until(option() + ".series.find(s => s.name === 'events').data.length === 1");
    browser.until("document.querySelector('.track path') !== null");
    double within = 1 - (now - gapFrom - 1.5 * HOUR) / (24.0 * HOUR);
    double width =
        Double.parseDouble(browser.eval("document.querySelector('.explore-plot').clientWidth"));
    // Whenever the chart is drawn anew, what was pointed at is forgotten.
    Await.until(
        "the gap in the tip",
        () -> {
          browser.point(".explore-plot", (58 + within * (width - 74)) / width);
          return browser
              .eval(
                  "document.querySelector('.tip time') &&"
                      + " document.querySelector('.tip-gap')?.textContent")
              .contains("nothing is known to be missing");
        });
    keep("explore-gap-dark.png");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void findsByWildcardsComparesAWeekAndKeepsAllOfItInTheAddress() throws Exception {
    open("page=explore&last=1d", DESKTOP, false);
    untilText(".empty strong", "What do you want to see?");
    browser.press("/", "Slash", 191);
    browser.until("document.activeElement.type === 'search'");
    type("#explore-page [type=search]", "pi-*/pump-?/flow");
    untilText(".picker > .small-button", "Show all 2 as pi-*/pump-?/flow");
    click(".picker > .small-button");
    untilCount(".legend-list .chip", 2);
    browser.eval("document.activeElement.blur()");
    browser.press("c", "KeyC", 67);
    browser.until(option() + ".series.filter(s => s.name.endsWith('a week before')).length === 2");
    browser.press("ArrowLeft", "ArrowLeft", 37);
    browser.until("location.hash.includes('from=')");
    browser.until("document.querySelector('.track path') !== null");
    keep("explore-week-light.png");
    String address = browser.eval("location.href");
    assertTrue(address.contains("compare=week"), address);
    browser.leave();
    browser.open(address, DESKTOP, 900, false);
    untilCount(".legend-list .chip", 2);
    browser.until("location.href === '" + address + "'");
    String csv = browser.eval("document.querySelector('.explore-tools a').getAttribute('href')");
    var table = cloud.ask(csv.replace("*", "%2A"));
    assertEquals(200, table.statusCode());
    assertTrue(table.body().startsWith("series,unit,time"), table.body().substring(0, 40));
    assertEquals(List.of(), browser.complaints());
  }

  /** With a finger or a mouse: in the chart, and in the overview above it. */
  @Test
  void isDraggedAndBrushed() throws Exception {
    open("page=explore&last=7d&" + FLOW, DESKTOP, false);
    browser.until(lines() + " > 200");
    browser.until("document.querySelector('.track path') !== null");
    double from = shownFrom();
    browser.drag(".explore-plot", 0.3, 0.6, false);
    browser.until(shown() + " < " + from + " - 86400000");
    browser.until("location.hash.includes('from=')");
    browser.drag(".explore-plot", 0.5, 0.6, true);
    browser.until(
        "Number(new URLSearchParams(location.hash.slice(1)).get('to')) - Number(new"
            + " URLSearchParams(location.hash.slice(1)).get('from')) < 2 * 86400000");
    String before = browser.eval("location.hash");
    browser.drag(".track", 0.1, 0.3, false);
    browser.until("location.hash !== '" + before + "'");
    browser.until(
        "(p => p.get('to') - p.get('from') > 9 * 86400000)(new"
            + " URLSearchParams(location.hash.slice(1)))");
    untilStep("1h");
    assertNotEquals(from, shownFrom());
    keep("explore-brushed-light.png");
    assertEquals(List.of(), browser.complaints());
  }

  private void untilStep(String step) throws Exception {
    browser.until(
        "document.querySelector('.explore-charts').dataset.step === '%s'".formatted(step));
  }

  private static String option() {
    return "echarts.getInstanceByDom(document.querySelector('.explore-plot')).getOption()";
  }

  /** How many points the line of the first chart has. */
  private static String lines() {
    return "(document.querySelector('.explore-plot canvas') &&"
               + " echarts.getInstanceByDom(document.querySelector('.explore-plot')).getOption().series.find(s"
               + " => s.type === 'line').data.length)";
  }

  private static String shown() {
    return option() + ".xAxis[0].min";
  }

  private double shownFrom() throws Exception {
    return Double.parseDouble(browser.eval(shown()));
  }

  private static Window window(long time, long length, double value) {
    return new Window(
        time,
        length,
        30,
        0,
        0,
        0,
        value - 2,
        value + 2,
        value * 30,
        60,
        time,
        value,
        time + 1,
        value);
  }
}
