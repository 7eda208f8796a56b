package io.edgeflow.cloud.intake;

import io.edgeflow.cloud.store.WriterLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How much each edge may have under way (L4). Pure: time and load come in, credits go out. Not
 * thread-safe.
 *
 * <p><b>How much in all.</b> What is <i>open</i> rises by an eighth, and one frame at least, at
 * each step while frames are committed well within the target time, or nothing waits. It falls by a
 * fifth while they take longer, and is halved while the database is away, a transaction takes very
 * long or half of the queue is full: down to one frame, and to nothing while nothing is committed.
 * So what waits here is what the writer stores in about the target time, and credits are low long
 * before the queue is full.
 *
 * <p><b>How it is shared.</b> Edges that lately sent more than a little get equal shares of what is
 * open, up to the most for one edge. The others keep a small credit, so that what they close goes
 * at once; together they get half at most. Above zero any credit lets one frame go, however large;
 * so where a share is less than the frames that an edge sends, edges take turns: each gets one
 * frame's worth, and then nothing until the others had theirs. Who does not use a turn has nothing
 * to send, as most edges of a fleet at most times, and gets none until a frame comes again: one may
 * go without any credit.
 *
 * <p><b>The bound.</b> A credit is raised only by what is left of the open amount after all others,
 * counting what an edge had before it was lowered until it must have heard of that. So the sum of
 * all credits that edges may act upon never exceeds the budget, however many there are. Beside it
 * each edge may send one frame that is larger than its credit, one per interval without any, and a
 * live event or window at a time; what of these finds no room in the queue is turned down there.
 * The queue bounds the memory whatever edges do; credits keep it from having to.
 */
final class CreditPolicy {
  /**
   * @param budgetBytes of all credits together, less than the queue holds
   * @param mostBytes for one edge
   * @param frameBytes of a full frame
   * @param leastBytes for an edge that sends little
   * @param target how long a frame may wait here until it is committed
   */
  record Settings(
      long budgetBytes, long mostBytes, long frameBytes, long leastBytes, Duration target) {
    static final Settings STANDARD =
        new Settings(12L << 20, 4L << 20, 64L << 10, 16L << 10, Duration.ofMillis(500));

    /** What one of so many writers has of it. */
    Settings part(int writers) {
      long budget = budgetBytes / writers;
      return new Settings(budget, Math.min(mostBytes, budget), frameBytes, leastBytes, target);
    }
  }

  /** How long an edge may need to hear of its credit. */
  private static final long HEARING_NANOS = Duration.ofMillis(500).toNanos();

  /** A turn that was not used for so long is taken back. */
  private static final long UNUSED_NANOS = Duration.ofSeconds(2).toNanos();

  /** What an edge sent counts half after this time. */
  private static final long HALF_LIFE_NANOS = Duration.ofSeconds(1).toNanos();

  private final Settings settings;
  private final SequencedMap<String, Share> shares = new LinkedHashMap<>();
  private int hungry;
  private long open;

  /** What one connected edge has. */
  private static final class Share {
    long granted;
    long before;
    long beforeUntilNanos;
    double recent;
    long recentNanos;
    boolean hungry;

    /** Whatever its credit is. */
    boolean mustHear;

    /** What its large frames have, bytes. */
    long frame;

    /** It uses the turns that it gets. */
    boolean takesTurns = true;

    /** When it got more credit last. */
    long raisedNanos;

    /** It sent a frame since: the verdict ends its turn, however long that takes. */
    boolean used;

    long held(long now) {
      return beforeUntilNanos - now > 0 ? Math.max(granted, before) : granted;
    }

    double recent(long now) {
      return recent * Math.pow(0.5, (double) (now - recentNanos) / HALF_LIFE_NANOS);
    }
  }

  CreditPolicy(Settings settings) {
    this.settings = settings;
    // Opened a little only: a thousand edges may return while the process starts.
    this.open = settings.budgetBytes() / 16;
  }

  void gone(String edge) {
    Share share = shares.remove(edge);
    if (share != null && share.hungry) {
      hungry--;
    }
  }

  /**
   * The edge is connected.
   *
   * @param bytes of the frame that came from it; 0 for anything else
   */
  void arrived(String edge, long bytes, long now) {
    Share share = shares.computeIfAbsent(edge, _ -> new Share());
    share.recent = share.recent(now) + bytes;
    share.recentNanos = now;
    if (bytes > 0) {
      share.takesTurns = true;
      share.used = true;
    }
    share.frame = bytes == 0 ? share.frame : Math.max(bytes, share.frame - share.frame / 8);
    feel(share, now);
  }

  /** Opens or closes a step; to be called four times a second. */
  void step(WriterLoad load, long now) {
    // A database that is far away takes its time whatever it is given.
    long target = Math.max(settings.target().toNanos(), 2 * load.lightNanos());
    long waited = Math.max(load.slowestNanos(), load.waitNanos());
    if (!load.healthy() || load.waitNanos() > 4 * target || load.bytes() > load.boundBytes() / 2) {
      open /= 2;
    } else if (waited > target) {
      open -= open / 5;
    } else if (waited < target / 2) {
      open = Math.min(settings.budgetBytes(), open + Math.max(settings.frameBytes(), open / 8));
    }
    if (open < settings.frameBytes()) {
      open = load.healthy() && load.waitNanos() <= 8 * target ? settings.frameBytes() : 0;
    }
    shares.values().forEach(share -> feel(share, now));
    shares.values().forEach(share -> missed(share, now));
  }

  private static void missed(Share share, long now) {
    if (share.granted > 0 && !share.used && now - share.raisedNanos > UNUSED_NANOS) {
      share.takesTurns = false;
    }
  }

  /** What the edge is told now; nothing, if it is not connected. */
  long grant(String edge, long now) {
    Share share = shares.get(edge);
    if (share == null) {
      return 0;
    }
    share.mustHear = false;
    long credit = credit(share, left(now));
    if (credit < share.granted) {
      share.before = share.held(now);
      share.beforeUntilNanos = now + HEARING_NANOS;
    } else if (credit > share.granted) {
      // The next turn is that of the one who has waited longest.
      shares.putLast(edge, share);
      share.raisedNanos = now;
      share.used = false;
    }
    share.granted = credit;
    return credit;
  }

  /**
   * @param left of what is open; less than nothing after it fell
   */
  private long credit(Share share, long left) {
    long wanted = wanted(share);
    long turn = Math.min(share.frame, open);
    if (wanted < turn) {
      return share.granted == 0 && share.takesTurns && left >= turn ? turn : 0;
    }
    return wanted <= share.granted
        ? wanted
        : share.granted + Math.clamp(left, 0, wanted - share.granted);
  }

  /** Some edges, so many at most, that were told a credit which is far from what is meant now. */
  List<String> misled(int most, long now) {
    List<String> found = new ArrayList<>();
    long left = left(now);
    for (Map.Entry<String, Share> entry : shares.entrySet()) {
      Share share = entry.getValue();
      long credit = credit(share, left);
      boolean rises = share.granted == 0 && credit > 0;
      // One whose turn it is hears with the verdict on its frame, if it sends one.
      boolean falls =
          credit < share.granted / 2
              && (open == 0 || share.granted > share.frame || !share.takesTurns);
      if (found.size() < most && (rises || falls || share.mustHear)) {
        found.add(entry.getKey());
        left -= Math.max(0, credit - share.granted);
      }
    }
    return found;
  }

  void tellAll() {
    shares.values().forEach(share -> share.mustHear = true);
  }

  /** The sum of what edges were told, bytes. */
  long granted() {
    return shares.values().stream().mapToLong(share -> share.granted).sum();
  }

  private long wanted(Share share) {
    long least = Math.min(settings.leastBytes(), open / 2 / Math.max(1, shares.size()));
    if (!share.hungry) {
      return least;
    }
    long rest = open - least * (shares.size() - hungry);
    return Math.min(settings.mostBytes(), rest / hungry);
  }

  /** Of all edges for each frame of one: no stream, which takes several times as long. */
  private long left(long now) {
    long left = open;
    for (Share share : shares.values()) {
      left -= share.held(now);
    }
    return left;
  }

  private void feel(Share share, long now) {
    boolean isHungry = share.recent(now) > settings.leastBytes();
    if (isHungry != share.hungry) {
      share.hungry = isHungry;
      hungry += isHungry ? 1 : -1;
    }
  }
}
