package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The fleet, the page of one edge, the ledger: a fleet of 500 edges in a real browser. */
@Timeout(180)
final class FleetPageIT extends PageCase {
  private static final int EDGES = 500;
  private static final String HOSTILE = "<img src=x onerror=window.hacked=1>";

  private final Random random = new Random(7);
  private Incarnation first = Incarnation.random(random);

  @BeforeEach
  void store() throws Exception {
    long minute = (System.currentTimeMillis() * 1000 - Plant.START) / Plant.MINUTE;
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < EDGES; i++) {
      Plant plant = new Plant("edge-%03d".formatted(i), random);
      Frame away = plant.windows("pump-1/flow", Plant.window(minute - 3, 7, 8));
      Frame here = plant.windows("pump-1/flow", Plant.window(minute - 1, 5, 6, 7));
      // The number before it is known and has not come: it still lies at the edge.
      frames.addAll(i % 100 == 1 ? List.of(here) : List.of(away, here));
      first = i == 1 ? plant.incarnation() : first;
    }
    cloud.store(frames.toArray(Frame[]::new));
    cloud.greet(hello("edge-001", first, 5));
    cloud
        .schema()
        .execute(
            "update edge set online = true, presence_since = now(), software = 'edgeflow/1.4.2',"
                + " site = 'plant ' || chr(65 + id % 5)");
    cloud.schema().execute("update edge set online = false where name in ('edge-010', 'edge-020')");
    // Of this one history was imported, and it was never here itself.
    cloud
        .schema()
        .execute("update edge set online = false, presence_since = null where name = 'edge-030'");
  }

  @Test
  void showsFiveHundredEdgesBySiteTheWorstFirst() throws Exception {
    open("page=fleet", DESKTOP, false);
    untilText(".figure b", "497 of 500");
    untilCount(".site", 5);
    untilCount(".mosaic i", EDGES);
    assertEquals("2", browser.eval("document.querySelectorAll('.mosaic i.bad').length"));
    assertEquals("1", browser.eval("document.querySelectorAll('.mosaic i.new').length"));
    assertTrue(
        Integer.parseInt(browser.eval("document.querySelectorAll('#fleet-page tr').length")) < 130,
        "more rows than anybody reads");
    assertEquals("offline", text(".site .remarks li"));
    keep("fleet-light.png");
    type("#fleet-page [type=search]", "edge-42");
    untilCount(".mosaic i", 10);
    untilCount(".edges-table tbody tr", 10);
    browser.until("location.hash.includes('q=edge-42')");
    type("#fleet-page [type=search]", "");
    click("#fleet-page [value=behind]");
    untilCount(".mosaic i", 5);
    untilText(".site-facts", "readings behind");
    browser.eval("document.querySelector('.edges-table a').focus()");
    browser.press("Enter", "Enter", 13);
    untilText(".edge-title", "edge-001");
    untilText("#edge-page .remarks", "readings behind");
    untilCount(".value-list li", 1);
    untilText("#edge-page .lane-strips dd", "at the edge");
    keep("edge-light.png");
    assertEquals(List.of(), browser.complaints());
    browser.eval("history.back()");
    browser.until("!document.getElementById('fleet-page').hidden");
  }

  @Test
  void saysInTheLedgerWhatTheApiSays() throws Exception {
    JsonNode api = cloud.get("/api/v1/ledger");
    open("page=ledger", DESKTOP, true);
    untilCount(".fates li", 3);
    JsonNode windows = api.at("/totals/window");
    assertEquals(number(windows.at("/committed/readings")), text("[data-fate=stored] b"));
    long missing = windows.at("/missing/readings").asLong();
    assertEquals("2", text("[data-fate=waiting] b"));
    assertEquals(Long.toString(missing - 2), text("[data-fate=unknown] b"));
    assertTrue(text(".lead").contains(number(windows.at("/announced/readings"))), text(".lead"));
    untilCount(".flow .ribbon", 3);
    untilCount(".ledger-table tbody tr", 50);
    assertEquals("edge-101", text(".ledger-table tbody th"));
    keep("ledger-dark.png");
    type("#ledger-page [type=search]", "edge-101");
    untilCount(".ledger-table tbody tr", 1);
    JsonNode one = cloud.get("/api/v1/ledger?edge=edge-101").get("lanes").get(0);
    assertEquals(number(one.at("/committed/readings")), text(".ledger-table [data-label=Stored]"));
    assertEquals(
        number(one.at("/announced/readings")), text(".ledger-table [data-label=Numbered]"));
    click(".ledger-table a");
    untilText("#ledger-page h1", "Ledger of edge-101");
    untilText(".reasons [data-label=Numbers]", "1");
    assertEquals("not here yet", text(".reasons tbody th"));
    keep("ledger-edge-dark.png");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void fitsAPhoneOnEveryPageInBothThemes() throws Exception {
    String edge = "page=edge&edge=edge-001";
    String series = "page=explore&series=edge-001/pump-1/flow&last=1h";
    for (boolean dark : new boolean[] {false, true}) {
      for (String hash :
          List.of("page=fleet", edge, "page=ledger", "page=events", series, "page=models")) {
        open(hash, PHONE, dark);
        String theme = dark ? "dark" : "light";
        browser.until("document.documentElement.dataset.theme === '" + theme + "'");
        browser.until("document.getElementById('link').textContent === 'live'");
        browser.until("document.querySelector('main:not([hidden])').offsetHeight > 100");
        String page = hash.replaceAll("page=(\\w+).*", "$1");
        browser.until(shown(page));
        fits(PHONE);
        keep("phone-" + page + "-" + theme + ".png");
      }
    }
  }

  /** By keys alone: pages, help, search, theme. */
  @Test
  void isUsedByKeyboardAlone() throws Exception {
    open("page=fleet", DESKTOP, false);
    untilCount(".site", 5);
    browser.press("?", "Slash", 191);
    browser.until("document.getElementById('keys').open");
    keep("keys-light.png");
    browser.press("Escape", "Escape", 27);
    browser.until("!document.getElementById('keys').open");
    browser.press("/", "Slash", 191);
    browser.until("document.activeElement.type === 'search'");
    browser.press("Tab", "Tab", 9);
    browser.press("d", "KeyD", 68);
    browser.until("document.documentElement.dataset.theme === 'dark'");
    for (String page : List.of("1live", "2fleet", "3explore", "4events", "5ledger", "6models")) {
      browser.press(page.substring(0, 1), "Digit" + page.charAt(0), page.charAt(0));
      browser.until("!document.getElementById('" + page.substring(1) + "-page').hidden");
    }
    browser.until("document.querySelector('[aria-current=page]').textContent === 'Models'");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void takesEveryNameForAText() throws Exception {
    Plant plant = new Plant("mean", random);
    long now = System.currentTimeMillis() * 1000;
    long minute = (now - Plant.START) / Plant.MINUTE;
    cloud.store(
        plant.windows(
            "pump/flow",
            LongStream.rangeClosed(1, 12)
                .mapToObj(ago -> Plant.window(minute - ago, 5, 6))
                .toArray(Window[]::new)),
        plant.event("said of it"),
        plant.events(Plant.alarm("alarm-raised", now, "a", "h", "high", "unacknowledged")));
    // Frames with such names are refused; what stands here came in by another way.
    String name = "'" + HOSTILE + "'";
    for (String change :
        List.of(
            "update event set message = %1$s, type = %1$s, series = 'pump/flow', time = now() where"
                + " edge_id = (select id from edge where name = 'mean')",
            "update series set unit = %1$s, name = %1$s || '/' || %1$s where edge_id = (select id"
                + " from edge where name = 'mean')",
            "update edge set name = %1$s, site = %1$s, software = %1$s, timezone = %1$s where name"
                + " = 'mean'")) {
      cloud.schema().execute(change.formatted(name));
    }
    String edge = java.net.URLEncoder.encode(HOSTILE, java.nio.charset.StandardCharsets.UTF_8);
    for (String hash :
        List.of(
            "page=fleet",
            "page=edge&edge=" + edge,
            "page=ledger&edge=" + edge,
            "page=events",
            "page=explore&last=1h&series=" + edge + "/*",
            "range=15m&series=" + edge + "/" + edge + "/" + edge)) {
      open(hash, DESKTOP, false);
      browser.until(
          "document.querySelector('main:not([hidden])').textContent.includes('onerror=window')");
      browser.until("document.getElementById('link').textContent === 'live'");
      // Asked again, because a chart that is drawn anew forgets its tooltip.
      browser.until(
          "(document.querySelectorAll('.plot').forEach(p => echarts.getInstanceByDom(p)"
              + "?.dispatchAction({type: 'showTip', x: p.clientWidth - 120, y: 60})),"
              + (hash.contains("series=")
                  ? " document.querySelector('.tip-row') !== null)"
                  : " true)"));
      assertEquals("0", browser.eval("document.querySelectorAll('main img, .side img').length"));
      assertEquals("undefined", browser.eval("window.hacked"));
      assertEquals(List.of(), browser.complaints());
    }
  }

  /** One lane with two frames: what did not come lies at the edge. */
  private static Hello hello(String edge, Incarnation incarnation, long readings) {
    var lane = new HeldLane(Lane.WINDOW, 2, readings, List.of());
    var held = new HeldIncarnation(incarnation, null, List.of(lane));
    String connection = incarnation + "-1";
    return new Hello(
        edge,
        connection,
        "",
        Map.of(),
        "Etc/UTC",
        "edgeflow/1.4.2",
        List.of(1),
        1,
        1,
        List.of(held));
  }

  private static String shown(String page) {
    return switch (page) {
      case "fleet" -> "document.querySelectorAll('.mosaic i').length === 500";
      case "edge" -> "document.querySelectorAll('.value-list li').length === 1";
      case "ledger" -> "document.querySelectorAll('.flow .ribbon').length === 3";
      case "events" -> "document.querySelector('#events-page .note') !== null";
      case "explore" -> "document.querySelector('.explore-plot canvas') !== null";
      default -> "true";
    };
  }

  private static String number(JsonNode number) {
    return String.format(java.util.Locale.ROOT, "%,d", number.asLong());
  }
}
