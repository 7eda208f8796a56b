package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.dashboard.Browser;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rollouts as a person sees them, in a real browser, and stops one. */
@Timeout(180)
final class RolloutPageIT {
  private static final Path PICTURES = Path.of("target", "dashboard");
  private static final int EDGES = 9;
  private static final TestEdge.Fate SOAKING =
      new TestEdge.Fate(
          DeployState.ACTIVE, false, new Evidence(30, 400, 0, 0, 900, 900, 0, 1, 5_000, 5, 0));

  private final List<MqttTestEdge> wires = new ArrayList<>();

  private static TestEdge.Fate fate(DesiredSlot slot) {
    return switch (slot.version()) {
      case "1.1" -> SOAKING;
      case "1.2" -> TestEdge.Fate.BAD;
      default -> TestEdge.Fate.GOOD;
    };
  }

  @Test
  void bothStoriesAreThereAndOneButtonStopsARollout() throws Exception {
    Files.createDirectories(PICTURES);
    try (Browser browser = Browser.orSkip(Files.createTempDirectory(PICTURES, "profile-"));
        Schema schema = Schema.create();
        RolloutCloud cloud = RolloutCloud.start(schema)) {
      try {
        play(browser, cloud);
      } finally {
        for (MqttTestEdge wire : wires) {
          wire.close();
        }
      }
    }
  }

  private void play(Browser browser, RolloutCloud cloud) throws Exception {
    browser.open(cloud.page() + "/#page=rollouts", 1280, 900, false);
    browser.until("!document.getElementById('rollouts-note').hidden");
    connect(cloud);

    String good = cloud.begin(spec("1.0", "[1, 3, 100%]"));
    browser.until(text("#rollout", "wear 1.0"));
    cloud.until(good, "done");
    browser.until(squares("passed") + " === " + EDGES);
    browser.until("document.querySelectorAll('.wave.pass').length === 3");
    browser.until(text("#matrix", "wear 1.0"));
    keep(browser, "rollout-good.png");

    String bad = cloud.begin(spec("1.2", "[1, 3, 100%]"));
    cloud.until(bad, "rolled-back");
    browser.eval("document.querySelector('[data-id=\"%s\"] button').click()".formatted(bad));
    browser.until(text("#rollout .card-head", "rolled-back"));
    browser.until(squares("back") + " === 1");
    browser.until(squares("waiting") + " === " + (EDGES - 1));
    browser.until("document.querySelector('.evidence .late').textContent.length > 10");
    browser.until("document.getElementById('stop-button').hidden");
    keep(browser, "rollout-bad.png");

    String soaking = cloud.begin(spec("1.1", "[2, 100%]"));
    browser.eval("location.hash = 'page=rollouts&rollout=%s'".formatted(soaking));
    browser.until(squares("active") + " === 2");
    browser.until("document.querySelectorAll('.wave.later').length === 1");
    browser.until(text(".wave.inconclusive .verdict-word", "too early"));
    browser.eval("document.querySelector('.wave .square.active').click()");
    browser.until(text(".evidence .facts", "rows scored400"));
    keep(browser, "rollout-soaking.png");
    String again = spec("1.0", "[1, 100%]");
    stopOneThatWaits(browser, cloud, again, "queued");
    stopOneThatWaits(browser, cloud, again.replace("[page]", "[nowhere]"), "running");
    browser.eval("location.hash = 'page=rollouts&rollout=%s'".formatted(soaking));
    browser.until(text("#rollout .card-head", "wear 1.1"));
    stop(browser);
    cloud.until(soaking, "rolled-back");
    browser.until(text("#rollout .card-head", "rolled-back"));
    browser.until(text(".rollout-history", "ada: it smells"));
    browser.until("!document.getElementById('matrix').textContent.includes('soaking')");
    assertEquals(List.of(), browser.complaints());

    browser.open(cloud.page() + "/#page=rollouts&rollout=" + bad, 390, 844, true);
    browser.until(squares("back") + " === 1");
    browser.until("document.scrollingElement.scrollWidth <= 390");
    keep(browser, "rollout-phone-dark.png");
    assertEquals(List.of(), browser.complaints());
  }

  /** It changed nothing yet, so there is nothing to take back. */
  private static void stopOneThatWaits(
      Browser browser, RolloutCloud cloud, String spec, String status) throws Exception {
    String waiting = cloud.begin(spec);
    cloud.until(waiting, status);
    browser.eval("location.hash = 'page=rollouts&rollout=%s'".formatted(waiting));
    browser.until("document.getElementById('rollout').dataset.id === '" + waiting + "'");
    browser.until(text("#rollout .card-head", status));
    browser.eval("document.getElementById('stop-button').click()");
    browser.until("document.getElementById('stop').open");
    browser.until(
        "[...document.querySelectorAll('#stop [name=verb]')].map((one) => one.value).join()"
            + " === 'abort,pause'");
    browser.eval("document.getElementById('stop-who').value = 'ada'");
    browser.eval("document.getElementById('stop-say').click()");
    cloud.until(waiting, "aborted");
    browser.until("document.getElementById('stop-button').hidden");
  }

  private static void stop(Browser browser) throws Exception {
    browser.eval("document.getElementById('stop-button').click()");
    browser.until("document.getElementById('stop').open");
    browser.until("document.querySelector('#stop [value=undo]').checked");
    browser.eval("document.getElementById('stop-who').value = 'ada'");
    browser.eval("document.getElementById('stop-why').value = 'it smells'");
    keep(browser, "rollout-stop.png");
    browser.eval("document.getElementById('stop-say').click()");
    browser.until("!document.getElementById('stop').open");
  }

  private void connect(RolloutCloud cloud) throws Exception {
    for (int i = 0; i < EDGES; i++) {
      wires.add(
          MqttTestEdge.connect(
              new TestEdge("page-" + i, RolloutPageIT::fate), "page", cloud.mqttPort()));
    }
    Await.until("all edges listen", () -> listening(cloud.get("/api/v1/fleet")) == EDGES);
  }

  private static int listening(JsonNode fleet) {
    int listening = 0;
    for (JsonNode edge : fleet.get("edges")) {
      listening += edge.get("listening").asBoolean() ? 1 : 0;
    }
    return listening;
  }

  private static String spec(String version, String waves) {
    return """
    name: wear %s
    slot: health
    model: wear
    version: "%s"
    selector: {sites: [page]}
    waves: %s
    shadow: 0s
    soak: 1s
    """
        .formatted(version, version, waves);
  }

  private static String squares(String step) {
    return "document.querySelectorAll('.wave .square.%s').length".formatted(step);
  }

  private static String text(String where, String words) {
    return "(document.querySelector('%s')?.textContent ?? '').includes('%s')"
        .formatted(where, words);
  }

  /** For people to look at. */
  private static void keep(Browser browser, String name) throws Exception {
    byte[] picture = browser.picture();
    assertTrue(picture.length > 10_000, "an empty page");
    Files.write(PICTURES.resolve(name), picture);
  }
}
