package io.edgeflow.inference.node.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the machine about its accelerators now and then, on a thread of its own, because {@code
 * nvidia-smi} takes a moment and may hang with a driver that does.
 */
public final class PlatformWatch {
  private static final Logger log = LoggerFactory.getLogger(PlatformWatch.class);
  private static final long EVERY_SECONDS = 15;
  private static final long PATIENCE_SECONDS = 5;
  private static final int MOST_BYTES = 64 * 1024;

  private final JetsonBoard board;
  private final List<String> command;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("platform-watch").daemon().unstarted(this::run);
  private volatile List<Accelerator> found = List.of();
  private boolean hasCommand = true;

  private PlatformWatch(Path sys, List<String> command) {
    this.board = new JetsonBoard(sys);
    this.command = List.copyOf(command);
  }

  public static PlatformWatch start() {
    return start(Path.of("/sys"), NvidiaSmi.COMMAND);
  }

  static PlatformWatch start(Path sys, List<String> command) {
    var watch = new PlatformWatch(sys, command);
    watch.thread.start();
    return watch;
  }

  /** What was found last; empty where nothing is told. */
  public List<Accelerator> found() {
    return found;
  }

  private void run() {
    try {
      do {
        List<Accelerator> now = new ArrayList<>(NvidiaSmi.parse(answer()));
        now.addAll(board.read());
        found = List.copyOf(now);
      } while (!stopping.await(EVERY_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty if there is none in time. */
  private String answer() throws InterruptedException {
    if (!hasCommand) {
      return "";
    }
    try {
      Process asked =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (var answer = asked.getInputStream()) {
        asked.getOutputStream().close();
        if (!asked.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          log.debug("{} does not answer", command.getFirst());
          return "";
        }
        return new String(answer.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      } finally {
        asked.destroyForcibly();
      }
    } catch (IOException none) {
      // No such program: this machine has no NVIDIA driver, and will not get one while we run.
      hasCommand = false;
      return "";
    }
  }

  public void close() throws InterruptedException {
    stopping.countDown();
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
  }
}
