package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Polls every unit on its own schedule. Each line has one thread of its own, and on it units take
 * turns, because serial gateways allow few sessions; nothing here runs on an event loop.
 */
public final class Poller implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  /** Enough for a read and its callbacks; many devices must not cost a megabyte each. */
  private static final long STACK_BYTES = 256 * 1024;

  private final List<LinePoll> polls = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param lines makes the line of a bus; called once for each
   * @param random jitter of the back-off, 0 (inclusive) to 1 (exclusive); any thread
   */
  public Poller(
      List<ModbusBus> buses,
      Function<ModbusBus, ModbusLine> lines,
      PollOutput output,
      Backoff backoff,
      DoubleSupplier random) {
    for (ModbusBus bus : buses) {
      polls.add(new LinePoll(bus, lines.apply(bus), output, backoff, random));
    }
  }

  /** Begins polling. Once. */
  public void start() {
    for (LinePoll poll : polls) {
      Thread thread = new Thread(null, poll, "modbus-" + poll.bus().name(), STACK_BYTES);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** What is known of each unit, in the order of the configuration. Any thread. */
  public List<UnitWatch> units() {
    return polls.stream().flatMap(poll -> poll.units().stream()).map(UnitPoll::watch).toList();
  }

  /**
   * Writes to a device over the connection that it is polled over, as soon as that is free. Any
   * thread; never waits.
   *
   * @param wanted asked on the line's thread when that is free: if not, it is not written
   * @param done called exactly once, on the line's thread, with what became of it
   * @return false if too many writes wait already, or polling has ended: then nobody is called
   * @throws IllegalArgumentException if there is no such device
   */
  public boolean write(
      String device,
      RegisterWrite write,
      boolean readBack,
      BooleanSupplier wanted,
      Consumer<WriteResult> done) {
    for (LinePoll poll : polls) {
      for (UnitPoll unit : poll.units()) {
        if (unit.device().name().equals(device)) {
          return poll.write(new WriteJob(unit.device().unitId(), write, readBack, wanted, done));
        }
      }
    }
    throw new IllegalArgumentException("no Modbus device is named " + device);
  }

  /** Ends polling within a second, whatever a device is doing. Twice is fine. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    polls.forEach(LinePoll::close);
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    for (Thread thread : threads) {
      joinUntil(thread, deadline);
    }
    threads.clear();
  }

  private static void joinUntil(Thread thread, long deadline) {
    try {
      long left = deadline - System.nanoTime();
      if (left > 0) {
        thread.join(Duration.ofNanos(left));
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
