package io.edgeflow.gateway.modbus;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is known of one unit, for whoever looks. Written by its line's thread, read by any. */
public final class UnitWatch {
  /**
   * The last exchange over one block.
   *
   * @param atNanos when it ended, of {@link System#nanoTime}
   * @param tookNanos from asking to the answer or the time-out
   */
  public record Exchanged(RegisterBlock block, PollResult result, long atNanos, long tookNanos) {}

  private record Block(RegisterTable table, int start, int count) {
    private static Block of(RegisterBlock block) {
      return new Block(block.table(), block.start(), block.count());
    }
  }

  private final String line;
  private final ModbusDevice device;
  private final Map<Block, Exchanged> exchanges = new ConcurrentHashMap<>();
  private volatile UnitPlan plan;
  private volatile @Nullable Exchanged last;
  private volatile @Nullable Exchanged lastFault;
  private volatile int silences;
  private volatile long missed;

  UnitWatch(String line, ModbusDevice device, UnitPlan plan) {
    this.line = line;
    this.device = device;
    this.plan = plan;
  }

  void exchanged(RegisterBlock block, PollResult result, long begunNanos, long endedNanos) {
    var exchanged = new Exchanged(block, result, endedNanos, endedNanos - begunNanos);
    exchanges.put(Block.of(block), exchanged);
    last = exchanged;
    if (!(result instanceof PollResult.Values)) {
      lastFault = exchanged;
    }
  }

  /** Blocks of an earlier plan are of no interest any more. */
  void planned(UnitPlan changed) {
    plan = changed;
    exchanges.keySet().retainAll(changed.blocks().stream().map(Block::of).toList());
  }

  void turned(int silentTimes, long missedTimes) {
    silences = silentTimes;
    missed = missedTimes;
  }

  /** The name of its line. */
  public String line() {
    return line;
  }

  public ModbusDevice device() {
    return device;
  }

  public UnitPlan plan() {
    return plan;
  }

  /** Null if it was never asked. */
  public @Nullable Exchanged last() {
    return last;
  }

  /** The last one that brought no values; null if there was none. */
  public @Nullable Exchanged lastFault() {
    return lastFault;
  }

  /** The last exchange over each block of the plan that was asked for, by table and address. */
  public List<Exchanged> exchanges() {
    return plan.blocks().stream()
        .map(block -> exchanges.get(Block.of(block)))
        .filter(Objects::nonNull)
        .toList();
  }

  /** How often it was silent since it last answered: above 0, its breaker may be open. */
  public int silences() {
    return silences;
  }

  /** Polls that came too late to be made, while it answered. */
  public long missed() {
    return missed;
  }
}
