package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser on a running server, with windows of just now. */
@Timeout(180)
final class DashboardIT {
  private static final Path PICTURES = Path.of("target", "dashboard");

  private final Plant plant = new Plant("pi-7", new Random());
  private final long thisMinute = (System.currentTimeMillis() * 1000 - Plant.START) / Plant.MINUTE;
  private Browser browser;
  private ServedCloud cloud;

  @BeforeEach
  void start() throws Exception {
    // Not a @TempDir: helpers of the browser may still write there when it has ended.
    Files.createDirectories(PICTURES);
    browser = Browser.orSkip(Files.createTempDirectory(PICTURES, "profile-"));
    cloud = new ServedCloud(InstantSource.system());
    cloud.store(
        plant.windows("pump-1/flow", windows(12)),
        plant.windows("pump-2/flow", windows(12)),
        plant.event("the pump cavitates"));
  }

  @AfterEach
  void stop() throws Exception {
    if (cloud != null) {
      cloud.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void saysWhereReadingsAreAtRisk() throws Exception {
    cloud
        .schema()
        .execute("update edge set labels = '{\"edgeflow.promise\": \"off\"}' where name = 'pi-7'");
    cloud.endanger(true);
    try {
      browser.open(address(""), 1280, 800, false);
      browser.until("document.querySelector('.edge-facts').textContent.includes('promise off')");
      browser.until(
          "document.getElementById('risk').textContent.includes('no synchronous standby')");
      assertEquals(List.of(), browser.complaints());
      keep("risk-light.png");
    } finally {
      cloud.endanger(false);
    }
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
