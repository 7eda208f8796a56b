package io.edgeflow.inference.guard;

import io.edgeflow.inference.guard.ChildFrames.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One life of a child. Asking is for one thread at a time, the rest for any. */
final class ChildProcess {
  private static final Duration TO_END = Duration.ofSeconds(5);
  private static final int SIGNAL = 128;

  private final Process process;
  private final ChildFrames frames;
  private final AtomicReference<@Nullable String> killedFor = new AtomicReference<>();

  private ChildProcess(Process process) {
    this.process = process;
    this.frames = new ChildFrames(process.getInputStream(), process.getOutputStream());
  }

  /** In the class path of this process, which goes by a variable: it may be too long for a line. */
  static ChildProcess start(Class<?> main, ChildSettings settings) throws IOException {
    Path temporary = settings.directory().resolve("tmp");
    delete(temporary);
    Files.createDirectories(temporary);
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(settings.jvmOptions());
    line.add("-Djava.io.tmpdir=" + temporary.toAbsolutePath());
    String libraries = System.getProperty("onnxruntime.native.path");
    if (libraries != null) {
      line.add("-Donnxruntime.native.path=" + libraries);
    }
    line.add(main.getName());
    var builder =
        new ProcessBuilder(line).redirectError(settings.directory().resolve("child.log").toFile());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return new ChildProcess(builder.start());
  }

  long pid() {
    return process.pid();
  }

  /**
   * Waits for the answer, for ever if nobody kills the child.
   *
   * @throws IOException if the child dies instead
   */
  Frame ask(Frame request) throws IOException {
    frames.write(request);
    return frames.read();
  }

  void kill(String why) {
    killedFor.compareAndSet(null, why);
    process.destroyForcibly();
  }

  /** It no longer speaks, so it is dying by itself, or is killed for it. */
  void reap() {
    boolean dead = false;
    try {
      dead = process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!dead) {
      kill("it no longer spoke");
    }
  }

  /** Whether somebody here killed it, for that reason. */
  boolean wasKilledFor(String why) {
    return why.equals(killedFor.get());
  }

  void whenDead(Runnable then) {
    var _ = process.onExit().thenRun(then);
  }

  /** Of what it died; waits until it is dead. */
  String death() {
    process.onExit().join();
    String why = killedFor.get();
    if (why != null) {
      return why;
    }
    int code = process.exitValue();
    return code > SIGNAL ? "signal " + (code - SIGNAL) : "exit code " + code;
  }

  /** Lets it end by itself, and helps if it does not. */
  void end() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TO_END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    process.onExit().join();
  }

  /** What it left behind: the library that it unpacked, if it was killed. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
