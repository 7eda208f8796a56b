package io.edgeflow.gateway.commissioning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.browser.Chromium;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class CommissioningPageTest {
  private static final Duration A_WHILE = Duration.ofSeconds(5);

  private final Chromium browser = Chromium.orSkip();
  private SmallPlant plant;

  @BeforeEach
  void start() throws Exception {
    plant = new SmallPlant();
  }

  @AfterEach
  void stop() throws Exception {
    plant.close();
  }

  @Test
  void showsSeriesLinkBacklogClockModelsRejectsAndLedger() {
    String dom = browser.dom(plant.page(), A_WHILE);
    shows(dom, "<title>pi-7 · EdgeFlow</title>");
    shows(dom, "site north-hall · line 4");
    shows(dom, ">live</p>");
    shows(dom, "<span class=\"device\">pump-1/</span><span class=\"point\">flow</span>");
    shows(dom, ">42.27</td><td class=\"unit\">l/min</td>");
    shows(dom, ">0.00731</td>");
    shows(dom, ">15 min</td>");
    shows(dom, "data-tone=\"warn\">stale</span>");
    shows(dom, "data-tone=\"bad\">bad</span>");
    shows(dom, ">Connected</p>");
    shows(dom, ">4 frames</p>");
    shows(dom, "12 KiB · 800 readings · oldest 1 s");
    shows(dom, "the operating system is synchronised");
    shows(dom, ">Safe on disk</p>");
    shows(dom, "✓ balanced");
    shows(dom, "every one of press-9/* goes to the cloud");
    shows(dom, "mostly unparseable");
    shows(dom, "exception 2 for holding 40..47");
    shows(dom, "2 exception");
    shows(dom, ">1 of 2 connected</p>");
    shows(dom, "for 1 min · 12\u202f400 received · 100 held</div>");
    shows(dom, "cannot connect: Connection refused</div>");
    shows(dom, "tcp://boiler-house:1883 · MQTT 5</div>");
    shows(dom, "bearing-wear 1.2.0 (9f86d081) · chosen by ada: &lt;b&gt;less noise&lt;/b&gt;");
    shows(dom, "cpu · p50 11 µs · p99 1.3 ms · 86\u202f400 scored, 3 not, 0 dropped");
    shows(dom, "candidate: bearing-wear 1.3.0 (4e074085) · 4\u202f200 rows compared");
    shows(dom, "differ by 0.0125, at most 0.75 · alarms 1.25 % now, 0.50 % then");
    shows(dom, "before: bearing-wear 1.1.0 (aabbccdd)");
    shows(dom, ">Promote</button><button type=\"button\">Go back</button>");
  }

  @Test
  void showsTopicsThatNothingMapsWithAMappingToPaste() {
    assertTrue(
        browser.dom(plant.page(), A_WHILE).contains("aria-labelledby=\"unmapped-title\" hidden"));
    plant.unmapped.note(
        "shop/7/oven/state", "{\"temp\":180.5,\"x\":\"<b>\"}".getBytes(StandardCharsets.UTF_8));
    String dom = browser.dom(plant.page(), A_WHILE);
    assertFalse(dom.contains("aria-labelledby=\"unmapped-title\" hidden"));
    shows(dom, ">shop/7/oven/state</span>");
    shows(dom, "once, last at");
    shows(dom, "\"x\":\"&lt;b&gt;\"}</code>");
    shows(dom, "  - topic: shop/7/&lt;device&gt;/state\n    format: json\n");
    shows(dom, "temp: { path: $.temp }");
  }

  @Test
  void showsTheAlarmsThatAreNotNormal() {
    assertTrue(
        browser.dom(plant.page(), A_WHILE).contains("aria-labelledby=\"alarms-title\" hidden"));
    plant.alarms.trouble();
    String dom = browser.dom(plant.page(), A_WHILE);
    assertFalse(dom.contains("aria-labelledby=\"alarms-title\" hidden"));
    shows(dom, "close the valve");
    shows(dom, ">3 · 2 to acknowledge</p>");
    shows(dom, "data-tone=\"bad\">unacknowledged</span>");
    shows(dom, "47.25 · limit HH 45");
    shows(dom, "high · flow.hh · raised 3 min ago");
    shows(dom, "data-tone=\"warn\">returned</span>");
    shows(dom, "is &lt;b&gt;fault&lt;/b&gt;");
  }

  @Test
  void showsForeignTextAsTextOnly() {
    String dom = browser.dom(plant.page(), A_WHILE);
    shows(dom, "&lt;script&gt;alert(1)&lt;/script&gt;");
    shows(dom, "Mohnbrötchen &lt;b&gt;7&lt;/b&gt;");
    assertFalse(dom.contains("<script>alert"), "a payload became part of the page");
  }

  @Test
  void saysWhenTheLinkIsGoneAndWhenItIsNotReady() {
    plant.link = Status.LinkState.DISCONNECTED;
    plant.missing.add("the journal stalls");
    String dom = browser.dom(plant.page(), A_WHILE);
    shows(dom, ">Disconnected</p>");
    shows(dom, "for 3 min · 7 failures in a row · connection refused");
    shows(dom, "oldest 15 min");
    shows(dom, "Not ready: the journal stalls</p>");
  }

  @Test
  void saysOnlyWhenThePromiseIsOffThatItIs() {
    assertFalse(browser.dom(plant.page(), A_WHILE).contains("Promise off"));
    plant.promise = "off";
    shows(
        browser.dom(plant.page(), A_WHILE),
        "Promise off: by the settings. At risk: some readings.</p>");
  }

  @Test
  void showsAFewOfManySeriesAndOffersMore() {
    for (int i = 0; i < 20_000; i++) {
      plant.reading("many/p" + i, Kind.GAUGE, "", 10, i, null, Quality.GOOD);
    }
    String dom = browser.dom(plant.page(), A_WHILE);
    long rows = Pattern.compile("<td class=\"series\">").matcher(dom).results().count();
    assertTrue(rows == 100, () -> rows + " rows");
    shows(dom, "Show 100 more of 19\u202f921");
  }

  @Test
  void fetchesNothingFromElsewhere() throws Exception {
    for (String file : new String[] {"index.html", "commissioning.css", "commissioning.js"}) {
      try (var in = getClass().getResourceAsStream("/web/commissioning/" + file)) {
        assertTrue(in != null, file);
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertFalse(
            text.contains("//cdn") || text.contains("https:") || text.contains("http:"), file);
        assertFalse(text.contains("innerHTML"), file);
      }
    }
  }

  /** For people: the pictures stay in target/pictures. */
  @Test
  void fitsADeskAndAPhoneInLightAndDark() throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pictures"));
    plant.alarms.trouble();
    for (boolean dark : new boolean[] {false, true}) {
      String tone = dark ? "dark" : "light";
      picture(folder.resolve("commissioning-desk-" + tone + ".png"), 1280, 1500, dark);
      picture(folder.resolve("commissioning-phone-" + tone + ".png"), 390, 2700, dark);
    }
  }

  private void picture(Path file, int width, int height, boolean dark) throws Exception {
    Files.deleteIfExists(file);
    browser.screenshot(plant.page(), A_WHILE, file, width, height, dark);
    assertTrue(Files.size(file) > 20_000, file::toString);
  }

  private static void shows(String dom, String text) {
    assertTrue(
        dom.replace("&nbsp;", " ").contains(text), () -> "not on the page: " + text + "\n" + dom);
  }
}
