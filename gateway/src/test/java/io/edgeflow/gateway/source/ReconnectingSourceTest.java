package io.edgeflow.gateway.source;

import static io.edgeflow.gateway.source.SourceTry.status;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.broker.ControlledIntake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** More than five hundred connections, one after the other: on a busy machine half a minute. */
@Isolated("counts the threads and handles of this JVM")
@Timeout(120)
final class ReconnectingSourceTest {
  @TempDir private Path folder;
  private StubBroker broker;
  private final ControlledIntake intake = new ControlledIntake();

  @BeforeEach
  void start() throws Exception {
    broker = new StubBroker();
  }

  @AfterEach
  void stop() throws Exception {
    broker.close();
  }

  @Test
  void leavesNothingBehindWhenItConnectsAgainAndAgain() throws Exception {
    SourceTry source =
        SourceTry.of(broker.url(), SourceVersion.FIVE).withTopics("s/#").withWindow(10);
    try (Sources sources = source.speakingAny().open(intake)) {
      connectAndEnd(50);
      long files = openFiles();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      connectAndEnd(500);
      Await.until("handles as before", () -> openFiles() <= files + 5);
      Await.until(
          "threads as before",
          () -> ManagementFactory.getThreadMXBean().getThreadCount() <= threads + 5);
      Await.until("threads of its connections have ended", () -> virtualThreads() <= 2);
      assertTrue(status(sources).counts().connections() >= 500);
    }
    Await.until("none is left", () -> virtualThreads() == 0);
  }

  /** Half of them in the middle of a message that nobody has settled. */
  private void connectAndEnd(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      try (StubBroker.Line line = broker.next()) {
        if (line.readConnect() == 4) {
          continue;
        }
        line.write(0x20, 3, 0, 0, 0);
        line.read();
        line.write(0x90, 4, 0, 1, 0, 1);
        if (i % 2 == 0) {
          int before = intake.size();
          line.publish(1, 'x');
          intake.awaitSize(before + 1);
        } else {
          line.write(0xe0, 0);
        }
      }
    }
  }

  private static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private long virtualThreads() {
    try {
      Path dump = Files.createTempDirectory(folder, "dump").resolve("threads.json");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
      return Files.readString(dump).split("\"name\": \"source-hall-2", -1).length - 1L;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
