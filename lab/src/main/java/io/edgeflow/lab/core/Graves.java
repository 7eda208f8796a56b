package io.edgeflow.lab.core;

import io.edgeflow.gateway.EdgeCore;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where edges go whose process would be gone: their disk is dead, and only their threads and their
 * connection are left, which end here in their own time. At most {@value #MOST} at once.
 */
public final class Graves implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Graves.class);
  private static final int MOST = 12;

  private final Semaphore room = new Semaphore(MOST);
  private final ExecutorService diggers = Executors.newVirtualThreadPerTaskExecutor();

  /** Waits while there are too many. */
  public void bury(EdgeCore core) throws InterruptedException {
    room.acquire();
    diggers.execute(
        () -> {
          try {
            core.close();
          } catch (IOException | RuntimeException e) {
            LOG.info("an edge whose disk is gone said: {}", e.toString());
          } finally {
            room.release();
          }
        });
  }

  /** Waits until all are gone. */
  @Override
  public void close() {
    diggers.close();
  }
}
