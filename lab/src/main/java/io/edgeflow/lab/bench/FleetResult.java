package io.edgeflow.lab.bench;

import io.edgeflow.lab.load.Amount;
import io.edgeflow.lab.load.BookCheck;
import io.edgeflow.lab.load.Lags.Lag;
import io.edgeflow.lab.load.LoadShape;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a fleet and its cloud.
 *
 * @param connectSeconds until all were answered that connected at one instant
 * @param returned what came of the outage; null without one
 * @param resent frames that were sent again
 */
record FleetResult(
    FleetPlan plan,
    double connectSeconds,
    Lag steady,
    Use steadyUse,
    @Nullable Return returned,
    BookCheck check,
    long resent,
    Memory memory) {
  private static final double TARGET_STEADY = 10;
  private static final double TARGET_LIVE = 5;

  /** Cores that were busy with it, on average. */
  record Use(double cloud, double database, double fleet) {}

  /**
   * Bytes.
   *
   * @param cloud resident, at most
   * @param fleet resident, at most
   * @param database of its processes in the end, what they share counted once
   * @param stored what the database has on the disk
   */
  record Memory(long cloud, long fleet, long database, long stored) {}

  /**
   * A mass return.
   *
   * @param backlog frames that waited
   * @param answeredSeconds until all edges were answered again
   * @param drainSeconds until no more frames waited than edges have one of
   * @param live frames that were numbered by connected edges meanwhile, or in the first minute
   */
  record Return(long backlog, double answeredSeconds, double drainSeconds, Lag live, Use use) {}

  boolean steadyReached() {
    return steady.frames() > 0 && seconds(steady.most()) < TARGET_STEADY;
  }

  boolean liveReached() {
    return returned == null
        || (returned.live().frames() > 0 && seconds(returned.live().most()) <= TARGET_LIVE);
  }

  boolean reached() {
    return steadyReached() && liveReached() && check.balances();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  private static String word(boolean reached) {
    return reached ? "ok" : "MISSED";
  }

  private static String words(Lag lag) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f s, p99 %.2f s, most %.2f s of %,d frames",
        seconds(lag.p50()),
        seconds(lag.p99()),
        seconds(lag.most()),
        lag.frames());
  }

  private static String words(Use use) {
    return String.format(
        Locale.ROOT,
        "cloud %.0f %%, database %.0f %%, fleet %.0f %% of a core",
        100 * use.cloud(),
        100 * use.database(),
        100 * use.fleet());
  }

  String text() {
    LoadShape shape = plan.shape();
    String head =
        String.format(
            Locale.ROOT,
            """
            fleet: %,d edges of %d series, a window of each a minute%s, %s
              all answered that connected at once  %10.1f s
              steady: framed to committed    %s  (target %.0f: %s)
                                             %s
            """,
            shape.edges(),
            shape.series(),
            shape.speed() == 1
                ? ""
                : String.format(Locale.ROOT, ", %.0f times as fast", shape.speed()),
            shape.together() ? "all at the same second" : "spread over the minute",
            connectSeconds,
            words(steady),
            TARGET_STEADY,
            word(steadyReached()),
            words(steadyUse));
    return head + (returned == null ? "" : text(returned)) + tail();
  }

  private String text(Return mass) {
    return String.format(
        Locale.ROOT,
        """
          outage of %d minutes, all return:    %,10d frames waited, of %,d windows
          all answered again                   %10.1f s
          live windows while it drains   %s  (target %.0f: %s)
          drained                              %10.1f s, %,.0f windows/s
                                         %s
        """,
        plan.outage().toMinutes(),
        mass.backlog(),
        mass.backlog() * plan.shape().series(),
        mass.answeredSeconds(),
        words(mass.live()),
        TARGET_LIVE,
        word(liveReached()),
        mass.drainSeconds(),
        mass.backlog() * plan.shape().series() / mass.drainSeconds(),
        words(mass.use()));
  }

  private String tail() {
    Amount windows = check.windows().committed();
    String faults = check.balances() ? "" : "\n    " + String.join("\n    ", check.faults());
    return String.format(
        Locale.ROOT,
        """
          edges = ledger = tables              %s: %,d frames of windows with %,d readings, %,d events; %,d sent again%s
          memory                               cloud %d MiB at most, database %d MiB, fleet %d MiB at most
          database on the disk                 %,d MiB\
        """,
        word(check.balances()),
        windows.frames(),
        windows.readings(),
        check.events().committed().frames(),
        resent,
        faults,
        memory.cloud() >> 20,
        memory.database() >> 20,
        memory.fleet() >> 20,
        memory.stored() >> 20);
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"benchmark\":\"fleet\",\"edges\":%d,\"series\":%d,\"speed\":%.1f,\"together\":%b,"
            + "\"connectSeconds\":%.3f,\"steady\":%s,\"steadyUse\":%s,\"return\":%s,"
            + "\"frames\":%d,\"readings\":%d,\"resent\":%d,\"balances\":%b,\"faults\":%d,"
            + "\"cloudBytes\":%d,\"databaseProcessBytes\":%d,\"fleetBytes\":%d,\"databaseBytes\":%d,"
            + "\"steadyReached\":%b,\"liveReached\":%b}",
        plan.shape().edges(),
        plan.shape().series(),
        plan.shape().speed(),
        plan.shape().together(),
        connectSeconds,
        json(steady),
        json(steadyUse),
        returned == null ? "null" : json(returned),
        check.windows().committed().frames(),
        check.windows().committed().readings(),
        resent,
        check.balances(),
        check.faults().size(),
        memory.cloud(),
        memory.database(),
        memory.fleet(),
        memory.stored(),
        steadyReached(),
        liveReached());
  }

  private static String json(Return mass) {
    return String.format(
        Locale.ROOT,
        "{\"backlogFrames\":%d,\"answeredSeconds\":%.3f,\"drainSeconds\":%.3f,\"live\":%s,\"use\":%s}",
        mass.backlog(),
        mass.answeredSeconds(),
        mass.drainSeconds(),
        json(mass.live()),
        json(mass.use()));
  }

  private static String json(Lag lag) {
    return String.format(
        Locale.ROOT,
        "{\"frames\":%d,\"p50Seconds\":%.3f,\"p99Seconds\":%.3f,\"mostSeconds\":%.3f}",
        lag.frames(),
        seconds(lag.p50()),
        seconds(lag.p99()),
        seconds(lag.most()));
  }

  private static String json(Use use) {
    return String.format(
        Locale.ROOT,
        "{\"cloud\":%.3f,\"database\":%.3f,\"fleet\":%.3f}",
        use.cloud(),
        use.database(),
        use.fleet());
  }

  /** Faults of the books, for who must fail where there are some. */
  List<String> faults() {
    return check.faults();
  }
}
