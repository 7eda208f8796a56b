package io.edgeflow.lab.drill;

import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Counts the operations of a disk over several lives of an edge, and lets it fail from the n-th on.
 * Any thread.
 */
final class Strike implements FaultyDisk.Fault {
  private static final long MENDED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private final FaultKind kind;
  private final long nth;
  private Optional<FaultyDisk> disk = Optional.empty();
  private long operations;
  private Optional<Operation> struck = Optional.empty();
  private long struckNanos;
  private boolean mended;

  /**
   * @param nth from 1; none fails if there are fewer
   */
  Strike(FaultKind kind, long nth) {
    this.kind = kind;
    this.nth = nth;
  }

  /**
   * The next life has the disk before it in this form.
   *
   * @param folders where files are that take room
   */
  synchronized void on(FaultyDisk next, Path... folders) throws IOException {
    next.capacity(Long.MAX_VALUE, folders);
    disk = Optional.of(next);
    if (struck.isPresent() && !mended) {
      fill();
    }
    next.fault(this);
  }

  private void fill() {
    if (kind == FaultKind.FULL) {
      disk.ifPresent(full -> full.capacity(full.used()));
    }
  }

  @Override
  public synchronized void before(Operation operation) throws IOException {
    operations++;
    if (operations == nth) {
      struck = Optional.of(operation);
      struckNanos = System.nanoTime();
      fill();
    }
    boolean fails =
        switch (kind) {
          case ONCE -> operations == nth;
          case UNTIL_MENDED -> operations >= nth && !mended;
          case FULL -> false;
        };
    if (fails) {
      throw new IOException("operation %d, %s, fails by this drill".formatted(nth, operation));
    }
  }

  FaultKind kind() {
    return kind;
  }

  long nth() {
    return nth;
  }

  /** The operation that was the n-th; empty while there were fewer. */
  synchronized Optional<Operation> struck() {
    return struck;
  }

  synchronized long operations() {
    return operations;
  }

  /** It failed for long enough, and nobody mended it yet. */
  synchronized boolean mayBeMended() {
    return struck.isPresent() && !mended && System.nanoTime() - struckNanos > MENDED_AFTER_NANOS;
  }

  /** Nothing fails any more. */
  synchronized void mend() {
    mended = true;
    disk.ifPresent(healthy -> healthy.capacity(Long.MAX_VALUE));
  }
}
