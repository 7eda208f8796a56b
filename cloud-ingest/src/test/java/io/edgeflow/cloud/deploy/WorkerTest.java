package io.edgeflow.cloud.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class WorkerTest {
  private static final String TROUBLE = "the work of this test stands still";

  @Test
  void saysOnceThatTheDatabaseIsAwayAndTellsTheWorkUntilItIsBack() throws Exception {
    var said = new ListAppender<ILoggingEvent>();
    said.start();
    var log = (Logger) LoggerFactory.getLogger(Worker.class);
    log.addAppender(said);
    List<Boolean> away = new ArrayList<>();
    var done = new Semaphore(0);
    Worker.Work work =
        wasAway -> {
          away.add(wasAway);
          done.release();
          if (away.size() <= 2) {
            throw new SQLException("away");
          }
        };
    try (Worker worker = new Worker("test-worker", TROUBLE, Duration.ZERO, work)) {
      worker.start();
      for (int time = 0; time < 4; time++) {
        worker.wake();
        done.acquire();
      }
    } finally {
      log.detachAppender(said);
    }
    assertEquals(List.of(false, true, true, false), away.subList(0, 4));
    // Other workers of this JVM may say something too.
    assertEquals(
        1, said.list.stream().filter(e -> e.getFormattedMessage().startsWith(TROUBLE)).count());
  }
}
