package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.loopback.Loopback;
import io.edgeflow.process.http.WebSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** A real browser for a class of tests, and a running server for each of them. */
abstract class PageCase {
  static final int DESKTOP = 1280;
  static final int PHONE = 360;

  private static final Path PICTURES = Path.of("target", "dashboard");

  /** By class: several classes run at the same time, and a browser shows one page. */
  private static final Map<Class<?>, Browser> BROWSERS = new ConcurrentHashMap<>();

  Browser browser;
  ServedCloud cloud;

  @BeforeAll
  static void startBrowser(TestInfo test) throws Exception {
    // Not a @TempDir: helpers of the browser may still write there when it has ended.
    Files.createDirectories(PICTURES);
    Path profile = Files.createTempDirectory(PICTURES, "profile-");
    BROWSERS.put(test.getTestClass().orElseThrow(), Browser.orSkip(profile));
  }

  @AfterAll
  static void stopBrowser(TestInfo test) {
    Browser ended = BROWSERS.remove(test.getTestClass().orElseThrow());
    if (ended != null) {
      ended.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    browser = Objects.requireNonNull(BROWSERS.get(getClass()));
    // A port that it can have again when it comes back.
    cloud =
        new ServedCloud(InstantSource.system(), WebSettings.of("127.0.0.1", Loopback.freePort()));
  }

  @AfterEach
  void stop() throws Exception {
    browser.leave();
    cloud.close();
  }

  void open(String hash, int width, boolean dark) throws Exception {
    browser.open(
        "http://127.0.0.1:" + cloud.port() + "/#" + hash, width, width == PHONE ? 780 : 900, dark);
  }

  String text(String selector) throws Exception {
    return browser.eval("document.querySelector('%s')?.textContent".formatted(selector));
  }

  void untilCount(String selector, int number) throws Exception {
    browser.until("document.querySelectorAll('%s').length === %d".formatted(selector, number));
  }

  /** Text of the first that the selector finds. */
  void untilText(String selector, String words) throws Exception {
    browser.until(
        "(document.querySelector('%s')?.textContent ?? '').includes('%s')"
            .formatted(selector, words));
  }

  /** Writes into a field as a person does, and lets it be heard. */
  void type(String selector, String words) throws Exception {
    browser.eval(
        "(f => { f.focus(); f.value = '%s'; f.dispatchEvent(new Event('input')); })(document.querySelector('%s'))"
            .formatted(words, selector));
  }

  void click(String selector) throws Exception {
    browser.eval("document.querySelector('%s').click()".formatted(selector));
  }

  /** No part of the page is wider than the window, and nothing was complained of. */
  void fits(int width) throws Exception {
    browser.until("document.scrollingElement.scrollWidth <= " + width);
    assertEquals(List.of(), browser.complaints());
  }

  /** For people to look at. */
  void keep(String name) throws Exception {
    byte[] picture = browser.picture();
    assertTrue(picture.length > 8_000, "an empty page");
    Files.write(PICTURES.resolve(name), picture);
  }
}
