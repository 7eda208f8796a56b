package io.edgeflow.gateway.modbus;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.modbus.ModbusCounters.Outcome;
import io.edgeflow.gateway.modbus.ModbusFaults.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the blocks of one unit and hands on what they hold. Owned by its line's thread. */
final class UnitPoll {
  private static final Logger log = LoggerFactory.getLogger(UnitPoll.class);

  /** A gateway to a serial line says with these that the unit behind it does not answer. */
  private static final int NO_PATH = 10;

  private static final int NO_TARGET = 11;

  /** What a unit did not have it may have after an update. */
  private static final Duration ABSENT_FOR = Duration.ofMinutes(10);

  private final ModbusDevice device;
  private final PollOutput output;
  private final UnitWatch watch;
  private final long longestNanos;

  /** What the poll under way has not asked for yet. */
  private final Deque<RegisterBlock> left = new ArrayDeque<>();

  private UnitPlan plan;
  private long absentNanos;

  /** What was the matter the last time that something was. */
  private String why = "";

  /**
   * @param longest for how long it holds the line while others wait, as far as can be foreseen
   */
  UnitPoll(String line, ModbusDevice device, PollOutput output, Duration longest) {
    this.device = device;
    this.longestNanos = longest.toNanos();
    this.output = output;
    this.plan = UnitPlan.of(device.points(), device.limits());
    this.watch = new UnitWatch(line, device, plan);
  }

  ModbusDevice device() {
    return device;
  }

  UnitWatch watch() {
    return watch;
  }

  String why() {
    return why;
  }

  /**
   * Reads every block, or goes on where it paused; a unit that does not answer one is not asked for
   * the others.
   *
   * @param news whether a silence now would outlast the retries: one before or after is no news
   * @param awaited whether somebody waits for the line
   * @return how it ended
   */
  PollEnd poll(ModbusLine line, boolean news, BooleanSupplier awaited) throws InterruptedException {
    if (left.isEmpty()) {
      askAgain();
      left.addAll(plan.blocks());
    }
    long begun = System.nanoTime();
    while (!left.isEmpty()) {
      long asked = System.nanoTime();
      PollEnd end = ask(line, left.removeFirst(), news);
      if (end != PollEnd.ANSWERED) {
        left.clear();
        return end;
      }
      // The next one is taken to be as slow as this one.
      long ended = System.nanoTime();
      boolean slow = ended - begun + (ended - asked) > longestNanos;
      if (slow && !left.isEmpty() && awaited.getAsBoolean()) {
        return PollEnd.PAUSED;
      }
    }
    return PollEnd.ANSWERED;
  }

  private PollEnd ask(ModbusLine line, RegisterBlock block, boolean news)
      throws InterruptedException {
    long begun = System.nanoTime();
    PollResult result = line.read(device.unitId(), block);
    watch.exchanged(block, result, begun, System.nanoTime());
    PollEnd end = take(block, result);
    if (news && end == PollEnd.SILENT) {
      tellSilence();
    }
    return end;
  }

  private void askAgain() {
    if (!plan.absent().isEmpty() && System.nanoTime() - absentNanos > ABSENT_FOR.toNanos()) {
      learned(plan.again());
    }
  }

  private PollEnd take(RegisterBlock block, PollResult result) {
    return switch (result) {
      case PollResult.Values(Registers registers) -> {
        count(Outcome.OK);
        handOn(block, registers);
        yield PollEnd.ANSWERED;
      }
      case PollResult.DeviceError(int code) -> {
        output.counters().exception(device.name(), code);
        failed(Outcome.EXCEPTION, Fault.EXCEPTION, "exception " + code + " for " + block.words());
        learned(plan.refused(block, code));
        yield code == NO_PATH || code == NO_TARGET ? PollEnd.SILENT : PollEnd.ANSWERED;
      }
      case PollResult.WrongCount(int expected, int answered) -> {
        String detail = answered + " instead of " + expected + " for " + block.words();
        failed(Outcome.WRONG_COUNT, Fault.WRONG_COUNT, detail);
        yield PollEnd.ANSWERED;
      }
      case PollResult.WrongAnswer(String detail) -> {
        failed(Outcome.WRONG_ANSWER, Fault.WRONG_ANSWER, detail + " for " + block.words());
        yield PollEnd.SILENT;
      }
      case PollResult.TimedOut() -> {
        failed(Outcome.TIMED_OUT, Fault.TIMED_OUT, "no answer in time for " + block.words());
        yield PollEnd.SILENT;
      }
      case PollResult.HungUp(String detail) -> {
        failed(Outcome.UNREACHABLE, Fault.UNREACHABLE, detail + " for " + block.words());
        yield PollEnd.SILENT;
      }
      case PollResult.Unreachable(String detail) -> {
        failed(Outcome.UNREACHABLE, Fault.UNREACHABLE, detail);
        yield PollEnd.UNREACHABLE;
      }
    };
  }

  private void tellSilence() {
    log.warn("Modbus unit is silent device={} unit={}: {}", device.name(), device.unitId(), why);
  }

  /** What was learned counts from the next poll on. */
  private void learned(UnitPlan changed) {
    if (changed == plan) {
      return;
    }
    if (changed.absent().size() > plan.absent().size()) {
      absentNanos = System.nanoTime();
    }
    log.info(
        "reading otherwise device={} requests={} registers-at-most={} absent={}",
        device.name(),
        changed.blocks().size(),
        changed.limits().registers(),
        changed.absent().stream().map(RegisterPoint::series).sorted().toList());
    plan = changed;
    watch.planned(changed);
  }

  private void handOn(RegisterBlock block, Registers registers) {
    long arrivedNanos = System.nanoTime();
    List<PolledValue> readings = new ArrayList<>(block.points().size());
    for (RegisterPoint point : block.points()) {
      add(readings, point, block, registers);
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

  private void add(
      List<PolledValue> readings, RegisterPoint point, RegisterBlock block, Registers registers) {
    if (point.isText()) {
      String text = RegisterDecoder.text(point, block, registers);
      readings.add(PolledValue.text(point.series(), text, Quality.GOOD));
      return;
    }
    double value = RegisterDecoder.decode(point, block, registers);
    if (!Double.isFinite(value)) {
      faulty(Fault.NOT_A_NUMBER, point.series() + " is " + value);
    } else if (value < point.low() || value > point.high()) {
      String range = point.low() + " to " + point.high();
      faulty(Fault.OUT_OF_RANGE, point.series() + " is " + value + ", outside " + range);
    } else {
      readings.add(new PolledValue(point.series(), value, Quality.GOOD));
    }
  }

  private void faulty(Fault fault, String detail) {
    output.counters().faulty();
    output.faults().report(device.name(), fault, detail);
  }

  private void publish(PolledValue reading) {
    String text = reading.text() == null ? Double.toString(reading.value()) : reading.text();
    output.local().publish("modbus/" + reading.series(), text.getBytes(StandardCharsets.UTF_8));
  }

  private void failed(Outcome outcome, Fault fault, String detail) {
    why = detail;
    count(outcome);
    output.faults().report(device.name(), fault, detail);
  }

  private void count(Outcome outcome) {
    output.counters().count(device.name(), outcome);
  }
}
