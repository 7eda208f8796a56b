package io.edgeflow.gateway.modbus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * Polls every device on its own schedule. Each device has one thread of its own, so one that is
 * dead, slow or flapping waits for itself alone; nothing here runs on an event loop.
 */
public final class Poller implements AutoCloseable {
  private static final Duration STOP_LIMIT = Duration.ofSeconds(1);

  /** Enough for a read and its callbacks; many devices must not cost a megabyte each. */
  private static final long STACK_BYTES = 256 * 1024;

  private final List<DevicePoll> polls = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /**
   * @param sources makes the source of a device; called once for each
   * @param random jitter of the back-off, 0 (inclusive) to 1 (exclusive); any thread
   */
  public Poller(
      List<ModbusDevice> devices,
      Function<ModbusDevice, RegisterSource> sources,
      PollOutput output,
      Backoff backoff,
      DoubleSupplier random) {
    for (ModbusDevice device : devices) {
      polls.add(new DevicePoll(device, sources.apply(device), output, backoff, random));
    }
  }

  /** Begins polling. Once. */
  public void start() {
    for (DevicePoll poll : polls) {
      Thread thread = new Thread(null, poll, "modbus-" + poll.device().name(), STACK_BYTES);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /**
   * Writes to a device over the connection that it is polled over, as soon as that is free. Any
   * thread; never waits.
   *
   * @param done called exactly once, on the device's thread, with what became of it
   * @return false if too many writes wait already, or polling has ended: then nobody is called
   * @throws IllegalArgumentException if there is no such device
   */
  public boolean write(
      String device, RegisterWrite write, boolean readBack, Consumer<WriteResult> done) {
    for (DevicePoll poll : polls) {
      if (poll.device().name().equals(device)) {
        return poll.write(new WriteJob(write, readBack, done));
      }
    }
    throw new IllegalArgumentException("no Modbus device is named " + device);
  }

  /** Ends polling within a second, whatever a device is doing. Twice is fine. */
  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
    for (Thread thread : threads) {
      joinUntil(thread, deadline);
    }
    polls.forEach(DevicePoll::close);
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
