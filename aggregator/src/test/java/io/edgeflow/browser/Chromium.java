package io.edgeflow.browser;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * A headless Chromium that opens one page, lets it run for a while and tells what became of it.
 * Where there is none the test is skipped with that reason, unless {@code
 * -Dedgeflow.chromium=required} makes it fail.
 */
public final class Chromium {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-dev-shm-usage",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--hide-scrollbars");

  private final Path program;

  private Chromium(Path program) {
    this.program = program;
  }

  /** The browser of this machine: {@code EDGEFLOW_CHROMIUM}, else the first of the usual names. */
  public static Chromium orSkip() {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    String chosen = Objects.requireNonNullElse(System.getenv("EDGEFLOW_CHROMIUM"), "");
    Stream<Path> usual =
        Stream.of(path.split(":")).flatMap(folder -> NAMES.stream().map(n -> Path.of(folder, n)));
    Stream<Path> candidates = chosen.isEmpty() ? usual : Stream.of(Path.of(chosen));
    return candidates
        .filter(Files::isExecutable)
        .findFirst()
        .map(Chromium::new)
        .orElseGet(Chromium::missing);
  }

  private static Chromium missing() {
    String reason = "no Chromium on this machine: install it or set EDGEFLOW_CHROMIUM to its path";
    if ("required".equals(System.getProperty("edgeflow.chromium"))) {
      return fail(reason);
    }
    throw new TestAbortedException(reason);
  }

  /**
   * The page's document after its own clock ran for that long; requests are waited for.
   *
   * @param ran time as the page sees it: timers fire, but nobody waits for them
   */
  public String dom(URI page, Duration ran) {
    return run(List.of(budget(ran), "--dump-dom", page.toString()));
  }

  /** A picture of the page, written to the file. Sizes in CSS pixels. */
  public void screenshot(URI page, Duration ran, Path file, int width, int height, boolean dark) {
    var arguments = new ArrayList<>(List.of(budget(ran)));
    arguments.add("--window-size=" + width + "," + height);
    arguments.add("--screenshot=" + file.toAbsolutePath());
    if (dark) {
      arguments.add("--blink-settings=preferredColorScheme=0");
    }
    arguments.add(page.toString());
    run(arguments);
  }

  private static String budget(Duration ran) {
    return "--virtual-time-budget=" + ran.toMillis();
  }

  private String run(List<String> arguments) {
    try {
      Path profile = Files.createTempDirectory("edgeflow-chromium");
      try {
        return run(arguments, profile);
      } finally {
        delete(profile);
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private String run(List<String> arguments, Path profile) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile);
    command.addAll(arguments);
    Path out = profile.resolve("stdout");
    Path log = profile.resolve("stderr");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      if (!browser.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return fail("Chromium did not end: " + Files.readString(log));
      }
      return Files.readString(out, StandardCharsets.UTF_8);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    } finally {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
    }
  }

  /** What a helper process of the browser still writes there may stay behind. */
  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException changing) {
      folder.toFile().deleteOnExit();
    }
  }
}
