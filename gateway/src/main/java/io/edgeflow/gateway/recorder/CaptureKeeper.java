package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Durable;
import io.edgeflow.gateway.rawcapture.CaptureBook;
import io.edgeflow.gateway.rawcapture.CaptureChange;
import io.edgeflow.gateway.rawcapture.CaptureEvents;
import io.edgeflow.gateway.rawcapture.CaptureFigures;
import io.edgeflow.gateway.rawcapture.CaptureOrder;
import io.edgeflow.gateway.rawcapture.CaptureOutcome;
import io.edgeflow.gateway.rawcapture.CaptureSources;
import io.edgeflow.gateway.rawcapture.Demand;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says whose readings are all reported because somebody asked for it, and ends that in time. A
 * replay does not come here (J1). Owned by the owner thread.
 */
final class CaptureKeeper {
  /** Each is asked about every series once. */
  static final int MOST_DEMANDS = 16;

  private static final long NANOS_IN_MICRO = 1_000;

  private final EdgeState state;
  private final CaptureBook book;
  private final Scribe scribe;
  private final Timekeeper time;
  private final AlarmCaptures aroundAlarms;
  private final Map<String, Long> endNanos = new HashMap<>();

  /** Series that are captured, of those below {@code looked}. */
  private final BitSet captured = new BitSet();

  private int looked;

  CaptureKeeper(EdgeState state, Scribe scribe, Timekeeper time, AlarmCaptures aroundAlarms) {
    this.state = state;
    this.book = state.captures;
    this.scribe = scribe;
    this.time = time;
    this.aroundAlarms = aroundAlarms;
  }

  /** After a recovery: what an earlier run began ends in time, and never lasts longer. */
  void open() {
    aroundAlarms.open();
    for (Demand demand : book.demands()) {
      long left = Math.clamp(demand.untilMicros() - time.presentMicros(), 0, demand.lengthMicros());
      endNanos.put(demand.id(), time.nanos() + left * NANOS_IN_MICRO);
    }
  }

  /** Who knows what scores are made of. */
  void sources(CaptureSources sources) {
    aroundAlarms.sources(sources);
  }

  /** Whether every reading of the series is reported now. */
  boolean covers(int series) {
    if (endNanos.isEmpty()) {
      return false;
    }
    for (; looked <= series; looked++) {
      captured.set(looked, state.series.has(looked) && isWanted(state.series.get(looked).name()));
    }
    return captured.get(series);
  }

  private boolean isWanted(String name) {
    return book.demands().stream().anyMatch(demand -> demand.wants(name));
  }

  void tick() {
    aroundAlarms.tick();
    if (endNanos.isEmpty()) {
      return;
    }
    for (Demand demand : List.copyOf(book.demands())) {
      if (time.nanos() - endNanos.getOrDefault(demand.id(), 0L) >= 0) {
        end(demand, "", "its time is over", null);
      }
    }
  }

  /** Nothing changes by time alone. */
  boolean idle() {
    return endNanos.isEmpty() && aroundAlarms.idle();
  }

  /**
   * @param synced hears when it is on the disk; never where nothing changed
   */
  CaptureOutcome begin(CaptureOrder order, Durable synced) {
    if (endNanos.size() >= MOST_DEMANDS) {
      return new CaptureOutcome.Full(MOST_DEMANDS);
    }
    long micros = TimeUnit.NANOSECONDS.toMicros(order.length().toNanos());
    Demand demand =
        new Demand(
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12),
            order.series(),
            time.presentMicros() + micros,
            micros,
            order.who(),
            order.why());
    endNanos.put(demand.id(), time.nanos() + order.length().toNanos());
    write(
        new CaptureChange.Began(demand, CaptureEvents.began(demand, time.presentMicros())), synced);
    return new CaptureOutcome.Done(demand);
  }

  /**
   * @param synced as for {@link #begin}
   */
  CaptureOutcome end(String id, String who, Durable synced) {
    Demand demand = book.demand(id);
    if (demand == null) {
      return new CaptureOutcome.Unknown();
    }
    end(demand, who, "", synced);
    return new CaptureOutcome.Done(demand);
  }

  private void end(Demand demand, String who, String why, @Nullable Durable synced) {
    endNanos.remove(demand.id());
    var event = CaptureEvents.ended(demand, who, why, time.presentMicros());
    write(new CaptureChange.Ended(demand.id(), event), synced);
  }

  private void write(CaptureChange change, @Nullable Durable synced) {
    scribe.captures(List.of(change), synced);
    captured.clear();
    looked = 0;
  }

  CaptureFigures figures() {
    return new CaptureFigures(
        List.copyOf(book.demands()),
        book.pending().size(),
        aroundAlarms.segmentsRead(),
        aroundAlarms.refused());
  }
}
