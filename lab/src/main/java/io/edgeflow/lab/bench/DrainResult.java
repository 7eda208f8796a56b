package io.edgeflow.lab.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What was measured: of the rounds the medians, of the live frames all. */
record DrainResult(
    DrainShape shape,
    List<DrainRound> rounds,
    FrameTap.Figures wire,
    MemoryWatch.Peak memory,
    BareCopy.Result bare) {
  private static final double TARGET_SECONDS = 60;
  private static final double TARGET_LIVE_SECONDS = 2;
  private static final long TARGET_WINDOWS = 1_440_000;

  DrainResult {
    rounds = List.copyOf(rounds);
  }

  /** For any number of windows, as if it were a day of 1 000 series. */
  boolean drainReached() {
    return drainSeconds() * TARGET_WINDOWS / shape.windows() < TARGET_SECONDS;
  }

  boolean liveReached() {
    Latencies live = live();
    return live.frames() > 0
        && live.missing() == 0
        && live.p99Micros() / 1e6 <= TARGET_LIVE_SECONDS;
  }

  Latencies live() {
    return Latencies.of(
        rounds.stream().flatMap(round -> round.liveMicros().stream()).toList(),
        rounds.stream().mapToLong(DrainRound::liveMissing).sum());
  }

  double drainSeconds() {
    return median(DrainRound::drainNanos) / 1e9;
  }

  private double reconnectSeconds() {
    return median(DrainRound::reconnectNanos) / 1e9;
  }

  private long median(ToLongFunction<DrainRound> figure) {
    long[] sorted = rounds.stream().mapToLong(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private double rate() {
    return shape.windows() / drainSeconds();
  }

  private double bareRate() {
    return bare.nanos() == 0 ? 0 : bare.rows() / (bare.nanos() / 1e9);
  }

  private double ratio() {
    return bare.nanos() == 0 ? 0 : rate() / bareRate();
  }

  String text() {
    Latencies live = live();
    return String.format(
        Locale.ROOT,
        """
        drain: %,d windows of %,d series and %,d minutes in %,d frames, median of %d; live sensors once a second
          drained in                %10.1f s  (target %.0f for a day of 1,000 series: %s), after %.1f s to connect again
          windows                   %,10.0f rows/s
          bare COPY of the rows     %s
          live, numbered to committed  p50 %.2f s, p99 %.2f s, most %.2f s of %d frames  (target %.0f: %s)%s
          the edge sent %,d frames, %,d of them again, %.1f MB
          gateway while draining    %10d MiB resident, %d MiB of heap used at most\
        """,
        shape.windows(),
        shape.series(),
        shape.minutes(),
        rounds.getFirst().frames(),
        rounds.size(),
        drainSeconds(),
        TARGET_SECONDS,
        word(drainReached()),
        reconnectSeconds(),
        rate(),
        bare.nanos() == 0
            ? "left out"
            : String.format(Locale.ROOT, "%,10.0f rows/s, ratio %.2f", bareRate(), ratio()),
        live.p50Micros() / 1e6,
        live.p99Micros() / 1e6,
        live.mostMicros() / 1e6,
        live.frames(),
        TARGET_LIVE_SECONDS,
        word(liveReached()),
        live.missing() == 0 ? "" : ", and %d not seen".formatted(live.missing()),
        wire.frames(),
        wire.again(),
        wire.bytes() / 1e6,
        memory.residentBytes() >> 20,
        memory.heapBytes() >> 20);
  }

  private static String word(boolean reached) {
    return reached ? "reached" : "missed";
  }

  String json() {
    Latencies live = live();
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"drain\",\"windows\":%d,\"series\":%d,\"minutes\":%d,\"rounds\":%d,"
            + "\"frames\":%d,\"reconnectSeconds\":%.3f,\"drainSeconds\":%.3f,"
            + "\"windowsPerSecond\":%.0f,\"copiedPerSecond\":%.0f,\"ratio\":%.4f,"
            + "\"liveFrames\":%d,\"liveP50Seconds\":%.3f,\"liveP99Seconds\":%.3f,"
            + "\"liveMostSeconds\":%.3f,\"liveNotSeen\":%d,\"framesSent\":%d,\"framesAgain\":%d,"
            + "\"bytes\":%d,\"residentBytes\":%d,\"heapBytes\":%d,\"drainReached\":%b,"
            + "\"liveReached\":%b}",
        shape.windows(),
        shape.series(),
        shape.minutes(),
        rounds.size(),
        rounds.getFirst().frames(),
        reconnectSeconds(),
        drainSeconds(),
        rate(),
        bareRate(),
        ratio(),
        live.frames(),
        live.p50Micros() / 1e6,
        live.p99Micros() / 1e6,
        live.mostMicros() / 1e6,
        live.missing(),
        wire.frames(),
        wire.again(),
        wire.bytes(),
        memory.residentBytes(),
        memory.heapBytes(),
        drainReached(),
        liveReached());
  }
}
