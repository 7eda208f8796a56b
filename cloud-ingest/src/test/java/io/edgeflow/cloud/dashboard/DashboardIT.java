package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.postgres.EmbeddedPostgres;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.RawRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser on a running server, with windows of just now. */
@Timeout(180)
final class DashboardIT {
  private static final Path PICTURES = Path.of("target", "dashboard");

  private final Plant plant = new Plant("pi-7", new Random());
  private final long thisMinute = (System.currentTimeMillis() * 1000 - Plant.START) / Plant.MINUTE;
  private static Browser browser;
  private ServedCloud cloud;

  @BeforeAll
  static void startBrowser() throws Exception {
    // Not a @TempDir: helpers of the browser may still write there when it has ended.
    Files.createDirectories(PICTURES);
    browser = Browser.orSkip(Files.createTempDirectory(PICTURES, "profile-"));
  }

  @AfterAll
  static void stopBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    cloud = new ServedCloud(InstantSource.system());
    cloud.store(
        plant.windows("pump-1/flow", windows(12)),
        plant.windows("pump-2/flow", windows(12)),
        plant.event("the pump cavitates"));
  }

  @AfterEach
  void stop() throws Exception {
    browser.leave();
    cloud.close();
  }

  @Test
  void saysWhereReadingsAreAtRisk(@TempDir Path home) throws Exception {
    try (var server = EmbeddedPostgres.start(home, Path.of("target"));
        var other = new ServedCloud(Schema.in(server.address()), InstantSource.system())) {
      other.store(plant.windows("pump-1/flow", windows(12)));
      other.schema().execute("update edge set labels = '{\"edgeflow.promise\": \"off\"}'");
      other.endanger(true);
      try {
        browser.open("http://127.0.0.1:" + other.port() + "/", 1280, 800, false);
        browser.until("document.querySelector('.edge-facts').textContent.includes('promise off')");
        browser.until(
            "document.getElementById('risk').textContent.includes('no synchronous standby')");
        assertEquals(List.of(), browser.complaints());
        keep("risk-light.png");
        browser.leave();
      } finally {
        other.endanger(false);
      }
    }
  }

  /** One that took ten seconds, as on a machine that stood still, is followed by another soon. */
  @Test
  void asksAgainSoonAfterASlowAnswer() throws Exception {
    browser.open(address("dashboard/poll.js"), 1280, 800, false);
    browser.until("location.pathname === '/dashboard/poll.js'");
    browser.eval(
        "performance.now = (n => () => n += 10_000)(0), window.setTimeout = (_, millis) => {"
            + " window.pause = millis }, import('/dashboard/poll.js').then(({repeat}) =>"
            + " repeat('slow', async () => true, 2_000))");
    browser.until("window.pause === 20_000");
  }

  @Test
  void drawsSeriesAndGoesOnLive() throws Exception {
    browser.open(address(""), 1280, 800, false);
    browser.until("document.getElementById('link').textContent === 'live'");
    browser.until("document.querySelectorAll('.series-row').length === 2");
    browser.until("document.querySelector('.edge-head').textContent.includes('pi-7')");
    browser.until("document.getElementById('ledger').textContent.includes('balanced')");
    browser.until("document.querySelector('.event .message').textContent === 'the pump cavitates'");
    browser.until("document.querySelector('.event .type').textContent === 'gap'");
    browser.until(plot("pi-7/pump-1/flow: 12 points"));
    cloud.store(
        plant.windows("pump-1/flow", Plant.window(thisMinute, 77, 79)),
        plant.windows("pump-3/flow", Plant.window(thisMinute, 5)));
    browser.until(plot("pi-7/pump-1/flow: 13 points"));
    browser.until(plot("ago: 78 "));
    browser.until("document.querySelector('.chip b').textContent === '79'");
    browser.until("document.querySelectorAll('.series-row').length === 3");
    assertEquals(
        "true",
        browser.eval(
            "(at => at('side').right <= at('live-page').left && at('live-page').top < 80)(id =>"
                + " document.getElementById(id).getBoundingClientRect())"),
        "the list stands beside the charts");
    assertEquals(List.of(), browser.complaints());
    keep("desktop-light.png");
  }

  @Test
  void showsWhatIsFilteredAndChosenByKeyboardAlone() throws Exception {
    browser.open(address(""), 1280, 800, true);
    browser.until("document.querySelectorAll('.series-row').length === 2");
    browser.press("/", "Slash", 191);
    browser.until("document.activeElement.id === 'filter'");
    browser.eval(
        "(f => { f.value = 'PUMP-2 fl'; f.dispatchEvent(new Event('input'));"
            + " })(document.activeElement)");
    browser.until("document.querySelectorAll('.series-row').length === 1");
    browser.press("ArrowDown", "ArrowDown", 40);
    browser.until("document.activeElement.value === 'pi-7/pump-2/flow'");
    browser.press(" ", "Space", 32);
    browser.until("location.hash.includes('series=pi-7/pump-2/flow')");
    browser.until(plot("pi-7/pump-2/flow: 12 points"));
    browser.eval("document.querySelector('[name=range][value=\"24h\"]').click()");
    browser.until("document.getElementById('title').textContent === 'Last 24 h'");
    browser.until("document.getElementById('resolution').textContent === 'a point is 5 min'");
    assertEquals(List.of(), browser.complaints());
    keep("desktop-dark.png");
  }

  @Test
  void fitsAPhoneAndSwitchesBetweenLightAndDark() throws Exception {
    browser.open(address("#range=1h&series=pi-7/pump-1/flow"), 390, 844, false);
    browser.until(plot("12 points"));
    browser.until("document.documentElement.dataset.theme === 'light'");
    browser.until("document.scrollingElement.scrollWidth <= 390");
    keep("phone-light.png");
    browser.eval("document.getElementById('theme').click()");
    browser.until("document.documentElement.dataset.theme === 'dark'");
    assertEquals(List.of(), browser.complaints());
    keep("phone-dark.png");
  }

  /** A pump that a model watches: its scores below its flow, and what the model saw at an alarm. */
  @Test
  void showsScoresAndAlarmsInTheChartAndWhatTheModelSaw() throws Exception {
    long now = System.currentTimeMillis() * 1000;
    storeAlarms(now);
    browser.open(address("#range=15m&series=pi-7/pump-1/flow"), 1280, 1000, false);
    browser.until(plot("pi-7/pump-1/flow: 12 points"));
    browser.until(plot("pi-7/pump-1/wear.score: 12 points"));
    browser.until(plot("limit wear.h at 1"));
    browser.until(plot("2 alarms in this time"));
    browser.until(plot("1 actions in this time"));
    browser.until("document.querySelectorAll('.score-plot canvas').length === 1");
    assertEquals(
        "pump-1 / wear.score",
        browser.eval(
            "document.querySelector('.score-panel"
                + " .card-head').children[1].firstChild.textContent"));
    assertEquals(
        "2", browser.eval("document.querySelector('.score-panel .card-head').children.length"));
    assertEquals(
        "wear.h,flow.h",
        browser.eval(
            "[...document.querySelectorAll('.alarm-mark')].map(b => b.textContent.split(' ')[0])"));
    keep("alarms-light.png");
    browser.eval("document.querySelector('.alarm-mark').focus()");
    browser.press(" ", "Space", 32);
    browser.until("document.getElementById('saw').open");
    browser.until("document.getElementById('saw-note').textContent.startsWith('300 readings')");
    browser.until(
        "document.getElementById('saw-plot').ariaLabel.startsWith('pi-7/pump-1/flow: 300 values;"
            + " pi-7/pump-1/wear.score: ')");
    browser.until(
        "document.getElementById('saw-note').textContent.includes('Of pump-1/wear.score no"
            + " single')");
    assertEquals(
        "true",
        browser.eval("document.getElementById('saw-facts').textContent.includes('wear.h')"));
    assertEquals("2", browser.eval("document.getElementById('saw-plot').dataset.strips"));
    assertEquals(
        "true",
        browser.eval(
            "document.getElementById('saw-note').textContent.includes('they come at about')"));
    browser.until(
        "document.getElementById('saw-done').textContent.includes('slow is on (drives coil 4)')");
    keep("saw-light.png");
    browser.press("Escape", "Escape", 27);
    browser.until("!document.getElementById('saw').open");
    browser.eval("document.querySelector('.toggle').click()");
    browser.until("document.querySelectorAll('.score-plot').length === 0");
    browser.until("location.hash.includes('scores=off')");
    Frame later = plant.events(flowAlarm(now - 1_000_000, "again", "flow.hh", "critical"));
    browser.until("document.getElementById('link').textContent === 'live'");
    cloud.store(later);
    browser.until("document.querySelector('.alarm-mark.critical') !== null");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void listsAlarmsAndOneDigestOfThoseThatCameLateAndTakesAnAnswer() throws Exception {
    long now = System.currentTimeMillis() * 1000;
    storeAlarms(now);
    long hour = 3_600_000_000L;
    EventRow[] late =
        IntStream.range(0, 200)
            .mapToObj(i -> flowAlarm(now - 4 * hour + i * 60_000_000L, "l" + i, "flow.h", "low"))
            .toArray(EventRow[]::new);
    cloud.store(plant.events(late));
    browser.open(address(""), 1280, 900, true);
    browser.until("document.querySelectorAll('.alarm-row').length === 2");
    browser.until(
        "document.querySelector('.alarm-row .message').textContent.startsWith('200 alarms')");
    browser.until(
        "[...document.querySelectorAll('.event .type')].filter(t => t.textContent ==="
            + " 'alarm-digest').length === 1");
    browser.until("document.getElementById('link').textContent === 'live'");
    cloud.store(plant.events(flowAlarm(now - 4 * hour, "more", "flow.h", "low")));
    browser.until("document.querySelector('.event .message').textContent.startsWith('201 alarms')");
    browser.until("document.querySelector('.alarm-row .message').textContent.startsWith('201')");
    assertEquals(
        "1",
        browser.eval(
            "[...document.querySelectorAll('.event .type')].filter(t => t.textContent ==="
                + " 'alarm-digest').length"));
    browser.eval("document.querySelector('.alarm-row[data-id^=pi] .small-button').click()");
    browser.until("document.getElementById('ack').open");
    browser.eval("document.getElementById('ack-who').value = 'ada'");
    keep("ack-dark.png");
    browser.eval("document.querySelector('.main-button').click()");
    browser.until("document.querySelector('.alarm-row .by')?.textContent.endsWith('by ada')");
    browser.eval("document.querySelector('.alarm-row[data-id^=digest] .small-button').click()");
    browser.until("document.getElementById('ack-who').value === 'ada'");
    browser.eval("document.querySelector('.main-button').click()");
    browser.until("document.querySelectorAll('.alarm-row').length === 1");
    assertEquals(List.of(), browser.complaints());
    keep("alarms-dark.png");
  }

  @Test
  void opensWhatTheNewestAlarmIsOf() throws Exception {
    long now = System.currentTimeMillis() * 1000;
    storeAlarms(now);
    EventRow newest = flowAlarm(now - 1_000_000, "newest", "wear.h", "high");
    cloud.store(
        plant.events(
            new EventRow(
                newest.timeMicros(),
                newest.severity(),
                newest.type(),
                "pump-2/wear.score",
                "pump-2/wear.score is 2.4, limit H is 1 (wear.h)",
                newest.detail())));
    browser.open(address("#range=5m"), 1280, 800, false);
    browser.until("document.getElementById('title').textContent === 'Last 5 min'");
    browser.until("location.hash.includes('series=pi-7/pump-2/flow')");
    browser.until(plot("pi-7/pump-2/wear.score: "));
    assertEquals("false", browser.eval("location.hash.includes('pump-1')"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void tellsWhichModelRunsWhere() throws Exception {
    storeAlarms(System.currentTimeMillis() * 1000);
    browser.open(address(""), 1280, 800, false);
    browser.until("document.getElementById('link').textContent === 'live'");
    browser.eval("document.querySelector('[data-page=models]').click()");
    browser.until("document.querySelectorAll('.places-table tbody tr').length === 3");
    browser.until("document.querySelector('.model-state.serving') !== null");
    browser.until(
        "document.querySelector('.model-state.refused').nextSibling.textContent === 'it is"
            + " broken'");
    browser.until("document.getElementById('live-page').hidden");
    browser.until("location.hash.includes('page=models')");
    assertEquals(
        "pump-cavitation 1.3.0 (aaaaaaaaaaaa)",
        browser.eval("document.querySelector('[data-label=Shadow]').textContent"));
    keep("models-light.png");
    browser.eval("document.querySelector('[data-label=See] button').click()");
    browser.until("location.hash.includes('series=pi-7/pump-2/wear.score')");
    browser.until("!document.getElementById('live-page').hidden");
    browser.open(address("#page=models&series=pi-7/pump-1/flow"), 390, 844, true);
    browser.until("document.querySelectorAll('.places-table tbody tr').length === 3");
    browser.until("document.scrollingElement.scrollWidth <= 390");
    keep("models-phone-dark.png");
    browser.eval("document.querySelector('[data-page=live]').click()");
    browser.until("document.querySelectorAll('.alarm-mark').length === 2");
    browser.until("document.scrollingElement.scrollWidth <= 390");
    keep("alarms-phone-dark.png");
    assertEquals(List.of(), browser.complaints());
  }

  /** Scores, raw readings, models; an alarm that is over, and one on the score that stands. */
  private void storeAlarms(long now) throws Exception {
    EventRow score = flowAlarm(now - 4 * Plant.MINUTE, "score", "wear.h", "high");
    TreeMap<String, String> detail = new TreeMap<>(score.detail());
    detail.put("limit", "1.0");
    detail.put("value", "2.4");
    EventRow over = flowAlarm(now - 9 * Plant.MINUTE, "flow", "flow.h", "medium");
    List<RawRow> raw =
        LongStream.range(0, 300)
            .mapToObj(
                i ->
                    new RawRow(
                        0,
                        score.timeMicros() - 150_000_000 + i * 1_000_000,
                        50 + 8 * Math.sin(i / 9.0) - (i > 150 ? 20 : 0),
                        null,
                        Quality.GOOD))
            .toList();
    cloud.store(
        plant.windows("pump-1/wear.score", scores(12)),
        plant.windows("pump-2/wear.score", scores(12)),
        plant.raw("pump-1/flow", raw),
        plant.events(
            over,
            action(score.timeMicros() + 1_000_000),
            new EventRow(
                score.timeMicros(),
                score.severity(),
                score.type(),
                "pump-1/wear.score",
                "pump-1/wear.score is 2.4, limit h is 1.0 (wear.h): slow the pump down",
                detail),
            Plant.alarm(
                "alarm-returned", now - 7 * Plant.MINUTE, "flow", "flow.h", "medium", "normal")));
    report("pi-7", reported("wear", "5f".repeat(32), "serving"), reported("any", "", "refused"));
    report("pi-8", reported("wear", "5f".repeat(32), "failing"));
    cloud.schema().execute("update edge set online = true, site = 'west' where name = 'pi-7'");
  }

  private static EventRow action(long micros) {
    TreeMap<String, String> detail = new TreeMap<>();
    detail.put("action", "slow");
    detail.put("cause", "alarm wear.h of pump-1/wear.score");
    detail.put("position", "on");
    String message = "slow is on (drives coil 4), because wear.h of pump-1/wear.score holds";
    return new EventRow(micros, EventSeverity.INFO, "action-done", "", message, detail);
  }

  private void report(String edge, ReportedModel... models) throws Exception {
    cloud.report(new Reported(edge, Reported.VERSION, Plant.START, "edgeflow", List.of(models), 0));
  }

  private static ReportedModel reported(String slot, String digest, String state) {
    boolean serves = !digest.isEmpty();
    return new ReportedModel(
        slot,
        "",
        serves ? "pump-cavitation" : "",
        serves ? "1.2.0" : "",
        digest,
        serves ? "cpu" : "",
        state,
        serves ? "" : "it is broken",
        serves ? "pump-cavitation 1.3.0 (" + "a".repeat(64) + ")" : "",
        86_400,
        state.equals("failing") ? 17 : 0,
        0,
        41.5,
        181);
  }

  private static EventRow flowAlarm(long micros, String alarm, String rule, String priority) {
    return Plant.alarm("alarm-raised", micros, alarm, rule, priority, "unacknowledged");
  }

  private Window[] scores(int minutes) {
    return IntStream.range(0, minutes)
        .mapToObj(
            i ->
                Plant.window(
                    thisMinute - minutes + i, i < 8 ? 0.2 + i * 0.01 : 1.6, i < 8 ? 0.4 : 2.4))
        .toArray(Window[]::new);
  }

  private String address(String hash) {
    return "http://127.0.0.1:" + cloud.port() + "/" + hash;
  }

  private static String plot(String words) {
    return "[...document.querySelectorAll('.plot')].some(p => p.ariaLabel.includes('%s'))"
        .formatted(words);
  }

  private Window[] windows(int minutes) {
    return IntStream.range(0, minutes)
        .mapToObj(i -> Plant.window(thisMinute - minutes + i, 40 + i, 44 + i, 43.5))
        .toArray(Window[]::new);
  }

  /** For people to look at. */
  private void keep(String name) throws Exception {
    byte[] picture = browser.picture();
    assertTrue(picture.length > 10_000, "an empty page");
    Files.write(PICTURES.resolve(name), picture);
  }
}
