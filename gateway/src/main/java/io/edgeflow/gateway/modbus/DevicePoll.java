package io.edgeflow.gateway.modbus;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.modbus.ModbusCounters.Outcome;
import io.edgeflow.gateway.modbus.ModbusFaults.Fault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one device: wait, read its blocks, hand on, back off while it is silent. */
final class DevicePoll implements Runnable, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DevicePoll.class);

  /** The protocol's "no such register". */
  private static final int ILLEGAL_ADDRESS = 2;

  /** The back-off has reached its cap long before. */
  private static final int MOST_SILENCES = 30;

  private final ModbusDevice device;
  private final RegisterSource source;
  private final PollOutput output;
  private final Backoff backoff;
  private final DoubleSupplier random;

  /** Beyond it writes are refused: whoever switches that often is broken. */
  private static final int MOST_WRITES = 16;

  private final BlockingQueue<WriteJob> writes = new ArrayBlockingQueue<>(MOST_WRITES);
  private volatile boolean ended;

  // Owned by the device's thread.
  private List<RegisterBlock> blocks;
  private int silences;

  DevicePoll(
      ModbusDevice device,
      RegisterSource source,
      PollOutput output,
      Backoff backoff,
      DoubleSupplier random) {
    this.device = device;
    this.source = source;
    this.output = output;
    this.backoff = backoff;
    this.random = random;
    this.blocks = BlockPlan.of(device.points());
  }

  ModbusDevice device() {
    return device;
  }

  @Override
  public void run() {
    var schedule = new PollSchedule(System.nanoTime(), device.interval().toNanos());
    long next = schedule.startNanos();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        writeUntil(next);
        pollGuarded();
        next = schedule.after(System.nanoTime() + pauseNanos());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      source.close();
      ended = true;
      refuseWrites();
    }
  }

  /**
   * Writes as soon as the device's thread is free.
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
      job.done().accept(new WriteResult.Unreachable("the gateway stops"));
    }
  }

  /** Rests until the next poll is due, and meanwhile writes what is to be written. */
  private void writeUntil(long nextNanos) throws InterruptedException {
    for (WriteJob job = writeBefore(nextNanos); job != null; job = writeBefore(nextNanos)) {
      WriteResult result = new WriteResult.Unreachable("the write failed");
      try {
        result = source.write(job.write(), job.readBack());
      } catch (RuntimeException fault) {
        log.error("a write failed device={}", device.name(), fault);
      } finally {
        job.done().accept(result);
      }
    }
  }

  private @Nullable WriteJob writeBefore(long nanos) throws InterruptedException {
    return writes.poll(Math.max(0, nanos - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private long pauseNanos() {
    return silences == 0 ? 0 : backoff.after(silences, random.getAsDouble()).toNanos();
  }

  /** A fault of ours in one poll must not end all polls of this device. */
  private void pollGuarded() throws InterruptedException {
    try {
      poll();
    } catch (RuntimeException fault) {
      silences = Math.min(silences + 1, MOST_SILENCES);
      log.error("a poll failed device={}", device.name(), fault);
    }
  }

  /** Reads every block; a device that does not answer one is not asked for the others. */
  private void poll() throws InterruptedException {
    for (RegisterBlock block : blocks) {
      if (!take(block, source.read(block))) {
        silences = Math.min(silences + 1, MOST_SILENCES);
        return;
      }
    }
    if (silences > 0) {
      log.info("Modbus device answers again device={} attempts={}", device.name(), silences);
    }
    silences = 0;
  }

  /** Whether the device answered at all. */
  private boolean take(RegisterBlock block, PollResult result) {
    return switch (result) {
      case PollResult.Values(Registers registers) -> {
        count(Outcome.OK);
        handOn(block, registers);
        yield true;
      }
      case PollResult.DeviceError(int code) -> {
        failed(Outcome.EXCEPTION, Fault.EXCEPTION, "exception " + code + " for " + words(block));
        if (code == ILLEGAL_ADDRESS) {
          blocks = withoutBridges(block);
        }
        yield true;
      }
      case PollResult.WrongCount(int expected, int answered) -> {
        String detail = answered + " registers instead of " + expected + " for " + words(block);
        failed(Outcome.WRONG_COUNT, Fault.WRONG_COUNT, detail);
        yield true;
      }
      case PollResult.TimedOut() -> {
        String detail = "no answer within " + device.timeout().toMillis() + " ms";
        silent(Outcome.TIMED_OUT, Fault.TIMED_OUT, detail + " for " + words(block));
        yield false;
      }
      case PollResult.Unreachable(String detail) -> {
        silent(Outcome.UNREACHABLE, Fault.UNREACHABLE, detail);
        yield false;
      }
    };
  }

  private void handOn(RegisterBlock block, Registers registers) {
    long arrivedNanos = System.nanoTime();
    List<PolledValue> readings = new ArrayList<>(block.points().size());
    for (RegisterPoint point : block.points()) {
      double value = RegisterDecoder.decode(point, block, registers);
      if (Double.isFinite(value)) {
        readings.add(new PolledValue(point.series(), value, Quality.GOOD));
      } else {
        output.counters().faulty();
        String detail = point.series() + " is " + value;
        output.faults().report(device.name(), Fault.NOT_A_NUMBER, detail);
      }
    }
    if (readings.isEmpty()) {
      return;
    }
    if (output.intake().offer(Submission.polled(readings, arrivedNanos))) {
      output.counters().offered(readings.size());
    } else {
      output.counters().refused(readings.size());
    }
    readings.forEach(this::publish);
  }

  private void publish(PolledValue reading) {
    byte[] payload = Double.toString(reading.value()).getBytes(StandardCharsets.US_ASCII);
    output.local().publish("modbus/" + reading.series(), payload);
  }

  /** Some devices refuse a block because of a register between the points: ask around it. */
  private List<RegisterBlock> withoutBridges(RegisterBlock refused) {
    List<RegisterBlock> parts = BlockPlan.of(refused.points(), 0);
    if (parts.size() == 1) {
      return blocks;
    }
    log.info("reading around a gap device={} registers={}", device.name(), words(refused));
    List<RegisterBlock> changed = new ArrayList<>(blocks);
    int at = changed.indexOf(refused);
    changed.remove(at);
    changed.addAll(at, parts);
    return List.copyOf(changed);
  }

  private void silent(Outcome outcome, Fault fault, String detail) {
    if (silences == 0) {
      log.warn("Modbus device is silent device={} error={}", device.name(), detail);
    }
    failed(outcome, fault, detail);
  }

  private void failed(Outcome outcome, Fault fault, String detail) {
    count(outcome);
    output.faults().report(device.name(), fault, detail);
  }

  private void count(Outcome outcome) {
    output.counters().count(device.name(), outcome);
  }

  private static String words(RegisterBlock block) {
    return block.table().name().toLowerCase(Locale.ROOT)
        + " registers "
        + block.start()
        + " to "
        + (block.start() + block.count() - 1);
  }

  @Override
  public void close() {
    source.close();
  }
}
