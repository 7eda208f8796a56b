package io.edgeflow.process.lifecycle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a process. They open forwards and close backwards, each once; what a half-finished
 * start has opened is closed again; a part that fails to close keeps no other from closing.
 *
 * <pre>{@code
 * Lifecycle parts = new Lifecycle("gateway");
 * return parts.start(() -> {
 *   Journal journal = parts.open("journal", () -> Journal.open(...), Journal::close);
 *   ...
 * });
 * }</pre>
 *
 * Opening belongs to one thread; closing may be asked for by any, at any time, again and again.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  /** Closes one part. It may fail. */
  public interface Closing<T> {
    void close(T part) throws Exception;
  }

  private record Part(String name, Callable<Void> closing) {}

  private final String process;
  private final CountDownLatch closed = new CountDownLatch(1);

  // Guarded by this.
  private final Deque<Part> open = new ArrayDeque<>();
  private boolean closing;

  // Written by the thread that closes, read after `closed`.
  private final List<CloseFailure> failures = new ArrayList<>();

  public Lifecycle(String process) {
    this.process = process;
  }

  /**
   * Opens a part and remembers how to close it.
   *
   * @throws IllegalStateException if the process is already closing; the part is closed again
   */
  public <T> T open(String name, Callable<? extends T> opening, Closing<? super T> closing)
      throws Exception {
    refuseWhenClosing(name);
    T part = opening.call();
    if (!add(name, part, closing)) {
      closing.close(part);
      refuseWhenClosing(name);
    }
    log.debug("opened part={}", name);
    return part;
  }

  /** Runs a start as a whole: if any of it fails, everything opened so far is closed backwards. */
  public <T> T start(Callable<? extends T> body) throws Exception {
    try {
      return body.call();
    } catch (Throwable failure) {
      close();
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Closes every part backwards; returns when all are closed, whoever began it. */
  @Override
  public void close() {
    if (beginClosing()) {
      for (Part part = next(); part != null; part = next()) {
        close(part);
      }
      closed.countDown();
    } else {
      awaitClosed();
    }
  }

  /** What failed to close; complete once {@link #close} has returned. */
  public List<CloseFailure> failures() {
    return isClosed() ? List.copyOf(failures) : List.of();
  }

  /** Waits until somebody has closed this process. */
  public void awaitClosed() {
    boolean interrupted = false;
    while (!isClosed()) {
      try {
        closed.await();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits that long at most; true if somebody has closed this process by then. */
  public boolean awaitClosed(Duration atMost) throws InterruptedException {
    return closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** The parts that are still open, the next to be closed first. */
  public synchronized List<String> stillOpen() {
    return open.stream().map(Part::name).toList();
  }

  private synchronized <T> boolean add(String name, T part, Closing<? super T> how) {
    if (!closing) {
      open.push(
          new Part(
              name,
              () -> {
                how.close(part);
                return null;
              }));
    }
    return !closing;
  }

  private synchronized void refuseWhenClosing(String name) {
    if (closing) {
      throw new IllegalStateException(process + " is closing: " + name + " does not open");
    }
  }

  private synchronized boolean beginClosing() {
    boolean first = !closing;
    closing = true;
    return first;
  }

  private synchronized @Nullable Part next() {
    return open.peek();
  }

  private synchronized void done() {
    open.pop();
  }

  private void close(Part part) {
    try {
      part.closing().call();
      log.debug("closed part={}", part.name());
    } catch (Throwable failure) { // Also an Error: the journal behind it must still be closed.
      failures.add(new CloseFailure(part.name(), failure));
      log.warn("part={} failed to close", part.name(), failure);
    } finally {
      done();
    }
  }
}
