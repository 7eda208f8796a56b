package io.edgeflow.cloud.dashboard;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A headless Chromium whose page is driven while it runs, in real time: a page that listens to a
 * stream never comes to rest. Without one the test is skipped, or fails where it is required.
 */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final WebSocket socket;
  private int calls;

  private Browser(Path program, Path profile) throws Exception {
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket =
        client
            .newWebSocketBuilder()
            .buildAsync(page(profile.resolve("DevToolsActivePort")), new Messages())
            .get(30, TimeUnit.SECONDS);
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
  }

  public static Browser orSkip(Path profile) throws Exception {
    String chosen = Objects.requireNonNullElse(System.getenv("EDGEFLOW_CHROMIUM"), "");
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    Stream<Path> usual =
        Stream.of(path.split(":")).flatMap(folder -> NAMES.stream().map(n -> Path.of(folder, n)));
    var program =
        (chosen.isEmpty() ? usual : Stream.of(Path.of(chosen)))
            .filter(Files::isExecutable)
            .findFirst();
    if (program.isPresent()) {
      return new Browser(program.get(), profile);
    }
    String reason = "no Chromium on this machine: install it or set EDGEFLOW_CHROMIUM to its path";
    if ("required".equals(System.getProperty("edgeflow.chromium"))) {
      return fail(reason);
    }
    throw new TestAbortedException(reason);
  }

  /** What was complained of before is forgotten. */
  public void open(String address, int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    var scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    complaints.clear();
    call("Page.navigate", Map.of("url", address));
  }

  /** Leaves the page, which asks nothing any more. */
  public void leave() throws Exception {
    call("Page.navigate", Map.of("url", "about:blank"));
    until("location.href === 'about:blank'");
  }

  /** What an expression in the page comes to, as text. */
  public String eval(String expression) throws Exception {
    JsonNode answer = call("Runtime.evaluate", Map.of("expression", "String(" + expression + ")"));
    return answer.at("/result/value").asText();
  }

  /** Waits until an expression in the page is true. */
  public void until(String expression) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!eval(expression).equals("true")) {
      assertTrue(
          System.nanoTime() < deadline,
          () -> "in vain: " + expression + "; the page complained of " + complaints);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  public void press(String key, String code, int number) throws Exception {
    for (String type : List.of("keyDown", "keyUp")) {
      call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", key, "code", code, "windowsVirtualKeyCode", number));
    }
  }

  /**
   * Drags the mouse across what a selector finds, in four steps.
   *
   * @param from part of its width, 0 to 1
   * @param shift whether that key is held
   */
  public void drag(String selector, double from, double to, boolean shift) throws Exception {
    String box = "document.querySelector('" + selector + "').getBoundingClientRect()";
    double left = Double.parseDouble(eval(box + ".left"));
    double width = Double.parseDouble(eval(box + ".width"));
    double y = Double.parseDouble(eval("(b => b.top + b.height / 2)(" + box + ")"));
    mouse("mouseMoved", left + width * from, y, 0, shift);
    mouse("mousePressed", left + width * from, y, 1, shift);
    for (int step = 1; step <= 4; step++) {
      mouse("mouseMoved", left + width * (from + (to - from) * step / 4), y, 1, shift);
    }
    mouse("mouseReleased", left + width * to, y, 0, shift);
  }

  /** Points at the middle of what a selector finds, at a part of its width. */
  public void point(String selector, double part) throws Exception {
    String box = "document.querySelector('" + selector + "').getBoundingClientRect()";
    double left = Double.parseDouble(eval(box + ".left"));
    double width = Double.parseDouble(eval(box + ".width"));
    double y = Double.parseDouble(eval("(b => b.top + b.height / 2)(" + box + ")"));
    for (double by : new double[] {3, 0}) {
      mouse("mouseMoved", left + width * part + by, y, 0, false);
    }
  }

  private void mouse(String type, double x, double y, int buttons, boolean shift) throws Exception {
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            x,
            "y",
            y,
            "button",
            "left",
            "buttons",
            buttons,
            "clickCount",
            1,
            "modifiers",
            shift ? 8 : 0));
  }

  public byte[] picture() throws Exception {
    JsonNode answer = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(answer.get("data").asText());
  }

  /** Errors of scripts, what they print, and what the browser refused to load. */
  public List<String> complaints() {
    return complaints;
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws Exception {
    int id = ++calls;
    String text =
        new JsonMapper()
            .writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(text, true).get(30, TimeUnit.SECONDS);
    while (true) {
      JsonNode message = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertTrue(message != null, "the browser does not answer");
      if (message.path("id").asInt() == id) {
        return message.path("result");
      }
      listen(message);
    }
  }

  private void listen(JsonNode message) {
    String method = message.path("method").asText();
    boolean failed = message.at("/params/entry/level").asText().equals("error");
    boolean printed = method.equals("Runtime.consoleAPICalled");
    if (method.equals("Runtime.exceptionThrown") || failed || printed) {
      complaints.add(message.get("params").toString());
    }
  }

  /** The port of the browser's remote control is in a file of its profile once it is bound. */
  private URI page(Path portFile) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, "Chromium does not start");
      TimeUnit.MILLISECONDS.sleep(20);
    }
    URI list = URI.create("http://127.0.0.1:" + Files.readAllLines(portFile).getFirst() + "/json");
    while (System.nanoTime() < deadline) {
      var answer = client.send(HttpRequest.newBuilder(list).build(), BodyHandlers.ofString());
      for (JsonNode target : new JsonMapper().readTree(answer.body())) {
        if (target.get("type").asText().equals("page")) {
          return URI.create(target.get("webSocketDebuggerUrl").asText());
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException("Chromium shows no page");
  }

  private final class Messages implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?> onText(
        WebSocket from, CharSequence text, boolean last) {
      part.append(text);
      if (last) {
        try {
          answers.add(new JsonMapper().readTree(part.toString()));
        } catch (IOException odd) {
          throw new IllegalStateException(odd);
        }
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
