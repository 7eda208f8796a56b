package io.edgeflow.gateway.modbus;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one line: wait, read the unit whose turn it is, write what is to be written, rest
 * while nobody is there.
 */
final class LinePoll implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LinePoll.class);

  /** Beyond it writes are refused: whoever switches that often is broken. */
  private static final int MOST_WRITES = 16;

  /** The back-off has reached its cap long before. */
  private static final int MOST_FAILURES = 30;

  private final ModbusBus bus;
  private final List<UnitPoll> units;
  private final ModbusLine line;
  private final Backoff backoff;
  private final DoubleSupplier random;
  private final BlockingQueue<WriteJob> writes = new ArrayBlockingQueue<>(MOST_WRITES);
  private volatile boolean ended;

  /** Failures to reach the line in a row. Owned by the line's thread. */
  private int unreachable;

  LinePoll(
      ModbusBus bus, ModbusLine line, PollOutput output, Backoff backoff, DoubleSupplier random) {
    this.bus = bus;
    this.line = line;
    this.backoff = backoff;
    this.random = random;
    this.units =
        bus.devices().stream()
            .map(device -> new UnitPoll(bus.name(), device, output, bus.timeout()))
            .toList();
  }

  ModbusBus bus() {
    return bus;
  }

  List<UnitPoll> units() {
    return units;
  }

  @Override
  public void run() {
    var turns = new Turns(bus, backoff, random, System.nanoTime());
    long notBefore = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long now = System.nanoTime();
        long wake = now + turns.idleNanos(now);
        writeUntil(wake - notBefore < 0 ? notBefore : wake);
        int unit = turns.next(System.nanoTime());
        if (unit != Turns.NOBODY) {
          notBefore = System.nanoTime() + turn(turns, unit);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      line.close();
      ended = true;
      refuseWrites();
    }
  }

  /**
   * @return for how long the line is to be left alone, in nanoseconds
   */
  private long turn(Turns turns, int unit) throws InterruptedException {
    long begun = System.nanoTime();
    UnitPoll polled = units.get(unit);
    long rest =
        switch (guarded(
            polled, turns.silences(unit) == bus.retries(), () -> isAwaited(turns, unit))) {
          case ANSWERED -> answered(polled, turns.answered(unit, begun, System.nanoTime()));
          case PAUSED -> {
            turns.paused(unit, begun, System.nanoTime());
            yield reached();
          }
          case SILENT -> {
            turns.silent(unit, line.rest(), System.nanoTime());
            yield reached();
          }
          case UNREACHABLE -> {
            turns.unreachable();
            tell(turns);
            yield unreachable(polled);
          }
        };
    polled.watch().turned(turns.silences(unit), turns.missed(unit));
    return rest;
  }

  /** All of them are silent now. */
  private void tell(Turns turns) {
    for (int i = 0; i < units.size(); i++) {
      units.get(i).watch().turned(turns.silences(i), turns.missed(i));
    }
  }

  private long answered(UnitPoll unit, int silences) {
    if (silences > bus.retries()) {
      log.info("Modbus unit answers again device={} attempts={}", unit.device().name(), silences);
    }
    return reached();
  }

  private long reached() {
    if (unreachable > 0) {
      log.info("Modbus line is reached again line={} attempts={}", bus.name(), unreachable);
    }
    unreachable = 0;
    return 0;
  }

  /** The line rests as a whole, for longer and longer. */
  private long unreachable(UnitPoll unit) {
    if (unreachable == 0) {
      log.warn("Modbus line cannot be reached line={}: {}", bus.name(), unit.why());
    }
    unreachable = Math.min(unreachable + 1, MOST_FAILURES);
    return backoff.after(unreachable, random.getAsDouble()).toNanos();
  }

  private boolean isAwaited(Turns turns, int unit) {
    return !writes.isEmpty() || turns.isAwaited(unit, System.nanoTime());
  }

  /** A fault of ours in one poll must not end all polls of this line. */
  private PollEnd guarded(UnitPoll unit, boolean news, BooleanSupplier awaited)
      throws InterruptedException {
    try {
      return unit.poll(line, news, awaited);
    } catch (RuntimeException fault) {
      log.error("a poll failed device={}", unit.device().name(), fault);
      return PollEnd.SILENT;
    }
  }

  /**
   * Writes as soon as the line's thread is free.
   *
   * @return false if too many wait already, or polling has ended: then nobody is called
   */
  boolean write(WriteJob job) {
    boolean taken = !ended && writes.offer(job);
    if (taken && ended) {
      refuseWrites();
    }
    return taken;
  }

  private void refuseWrites() {
    for (WriteJob job = writes.poll(); job != null; job = writes.poll()) {
      tell(job, new WriteResult.Unreachable("the gateway stops"));
    }
  }

  /**
   * Rests until that moment, and meanwhile writes what is to be written. Where somebody's turn has
   * come it is one write: many, to a unit that does not answer, would keep its neighbours waiting.
   */
  private void writeUntil(long nanos) throws InterruptedException {
    do {
      long left = Math.max(0, nanos - System.nanoTime());
      WriteJob job = writes.poll(left, TimeUnit.NANOSECONDS);
      if (job == null) {
        return;
      }
      carryOut(job);
    } while (nanos - System.nanoTime() > 0);
  }

  private void carryOut(WriteJob job) throws InterruptedException {
    WriteResult result = new WriteResult.Unreachable("the write failed");
    try {
      result =
          job.wanted().getAsBoolean()
              ? line.write(job.unit(), job.write(), job.readBack())
              : new WriteResult.Lapsed();
    } catch (RuntimeException fault) {
      log.error("a write failed line={} unit={}", bus.name(), job.unit(), fault);
    } finally {
      tell(job, result);
    }
  }

  /** A fault of whoever is told must not end all polls of this line. */
  private void tell(WriteJob job, WriteResult result) {
    try {
      job.done().accept(result);
    } catch (RuntimeException fault) {
      log.error("nobody was told of a write line={} unit={}", bus.name(), job.unit(), fault);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
