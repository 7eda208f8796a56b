package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Lifetime counts of one lane over all incarnations, frames and readings apart. Owned by the owner
 * thread.
 */
final class LaneTotals {
  private static final int FATES = FateCode.COUNT;

  private long framed;
  private long framedReadings;
  private long coarse;
  private long coarseReadings;
  private long offered;
  private final long[] settled = new long[FATES];
  private final long[] settledReadings = new long[FATES];

  void framed(long frames, long readings) {
    framed += frames;
    framedReadings += readings;
  }

  void coarse(long readings) {
    coarse++;
    coarseReadings += readings;
  }

  void offered(long frames) {
    offered += frames;
  }

  void settled(Fate fate, long frames, long readings) {
    settled[FateCode.of(fate)] += frames;
    settledReadings[FateCode.of(fate)] += readings;
  }

  LaneFigures figures() {
    long open = framed;
    long openReadings = framedReadings;
    for (int i = 0; i < FATES; i++) {
      open -= settled[i];
      openReadings -= settledReadings[i];
    }
    return new LaneFigures(
        new LaneFigures.Amount(framed, framedReadings),
        offered,
        amount(Fate.COMMITTED),
        new LaneFigures.Amount(open, openReadings),
        amount(Fate.SUPERSEDED),
        amount(Fate.REFUSED),
        amount(Fate.CONFLICT),
        amount(Fate.DROPPED),
        new LaneFigures.Amount(coarse, coarseReadings));
  }

  private LaneFigures.Amount amount(Fate fate) {
    return new LaneFigures.Amount(settled[FateCode.of(fate)], settledReadings[FateCode.of(fate)]);
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(framed);
    out.writeLong(framedReadings);
    out.writeLong(coarse);
    out.writeLong(coarseReadings);
    out.writeLong(offered);
    for (int i = 0; i < FATES; i++) {
      out.writeLong(settled[i]);
      out.writeLong(settledReadings[i]);
    }
  }

  void read(DataInput in) throws IOException {
    framed = in.readLong();
    framedReadings = in.readLong();
    coarse = in.readLong();
    coarseReadings = in.readLong();
    offered = in.readLong();
    for (int i = 0; i < FATES; i++) {
      settled[i] = in.readLong();
      settledReadings[i] = in.readLong();
    }
  }
}
