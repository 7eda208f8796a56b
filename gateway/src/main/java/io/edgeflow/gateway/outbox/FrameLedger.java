package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What happened to every frame of this edge: numbered, placed, offered, settled. A value that
 * changes only through the journal's records, so a replay rebuilds it. Not thread-safe: the owner
 * thread owns it.
 */
public final class FrameLedger {
  /** How many incarnations of which nothing is held or open any more are told in hello. */
  static final int REMEMBERED = 64;

  /** In how many ranges of numbers, all of them together: each takes about 100 bytes. */
  static final int REMEMBERED_RANGES = 16 * FateRanges.MOST;

  private final SequencedMap<Incarnation, IncarnationAccount> incarnations = new LinkedHashMap<>();
  private final Map<Lane, LaneTotals> totals = new EnumMap<>(Lane.class);
  private final Stocks stocks = new Stocks();
  private @Nullable Incarnation current;
  private @Nullable Incarnation newest;

  public FrameLedger() {
    for (Lane lane : Lane.values()) {
      totals.put(lane, new LaneTotals());
    }
  }

  /** The incarnation that numbers frames now; empty before the first and after a seal. */
  public @Nullable Incarnation current() {
    return current;
  }

  /** The newest incarnation ever begun, sealed or not: the parent of the next one. */
  public @Nullable Incarnation newest() {
    return newest;
  }

  /** A new incarnation; the one before it is sealed, if damage took its seal. */
  public void begin(Incarnation id, @Nullable Incarnation parent) {
    if (current != null) {
      seal(current);
    }
    incarnations.put(id, new IncarnationAccount(id, parent, totals, stocks));
    current = id;
    newest = id;
    forgetSettledIncarnations();
  }

  public void seal(Incarnation id) {
    account(id).sealed = true;
    current = null;
  }

  /** The number and the running total that the next frame of a lane gets. */
  public NextNumber next(Lane lane) {
    if (current == null) {
      throw new IllegalStateException("no incarnation is open");
    }
    LaneAccount account = account(current).lane(lane);
    FrameId id = new FrameId(current, lane, account.highest() + 1);
    return new NextNumber(id, account.runningTotal());
  }

  /** Readings in all window frames of this incarnation so far; 0 if nothing is known of it. */
  public long runningTotal(Incarnation incarnation) {
    IncarnationAccount account = incarnations.get(incarnation);
    return account == null ? 0 : account.lane(Lane.WINDOW).runningTotal();
  }

  public boolean knows(Incarnation incarnation) {
    return incarnations.containsKey(incarnation);
  }

  /** The number of the last window frame of this incarnation; 0 if nothing is known of it. */
  public long highest(Incarnation incarnation) {
    IncarnationAccount account = incarnations.get(incarnation);
    return account == null ? 0 : account.lane(Lane.WINDOW).highest();
  }

  /**
   * The frames up to this one are lost to damage (J2), and count as dropped.
   *
   * @param readings in all of them
   */
  public void lost(FrameId last, long readings) {
    adopt(last.incarnation());
    lane(last).lost(last.number(), readings);
  }

  /** A lost frame is in the journal again; where it lies, {@link #placed} tells. */
  public void derived(NewFrame frame) {
    adopt(frame.id().incarnation());
    lane(frame.id()).derived(frame);
  }

  /**
   * The next number of a lane.
   *
   * @param totalBefore readings in all frames of this incarnation and lane so far
   */
  public record NextNumber(FrameId id, long totalBefore) {}

  /** A frame was appended. Numbers that it skips were lost to damage (J2) and count as dropped. */
  public void numbered(NewFrame frame) {
    Incarnation incarnation = frame.id().incarnation();
    if (!incarnations.containsKey(incarnation)) {
      // Its beginning was lost to damage (J2); its frames were not.
      begin(incarnation, newest);
    }
    lane(frame.id()).numbered(frame);
  }

  /**
   * A frame that waits lies there from now on. If the ledger knew nothing of it, or took it for
   * lost to damage, it is held again (J8).
   */
  public void found(NewFrame frame, FramePlace place) {
    adopt(frame.id().incarnation());
    lane(frame.id()).found(frame, place);
  }

  /** An incarnation whose records are lost, but not all that it left. */
  private void adopt(Incarnation incarnation) {
    if (!incarnations.containsKey(incarnation)) {
      IncarnationAccount adopted = new IncarnationAccount(incarnation, null, totals, stocks);
      adopted.sealed = true;
      incarnations.put(incarnation, adopted);
    }
  }

  /**
   * Whether nothing is known of a frame, or only that it was lost: {@link #found} would hold it.
   */
  public boolean misses(FrameId id) {
    IncarnationAccount account = incarnations.get(id.incarnation());
    return account == null || account.lane(id.lane()).misses(id.number());
  }

  /**
   * A coarse frame carries the readings of these, which are settled with that (L7). Only ranges of
   * frames that it really replaces: what was dropped in between would count as carried, too.
   */
  public void superseded(List<Replaced> ranges) {
    for (Replaced range : ranges) {
      settle(range.incarnation(), range.lane(), range.from(), range.to(), Fate.SUPERSEDED);
    }
  }

  /** Where a frame lies now; nothing happens if its bytes are not held any more. */
  public void placed(FrameId id, FramePlace place) {
    lane(id).placed(id.number(), place);
  }

  /** The frame, if it waits for a verdict and its record is synced. */
  public @Nullable OutgoingFrame pending(FrameId id) {
    return account(id.incarnation()).pending(id.lane(), id.number());
  }

  /** The fate of a numbered frame; null while it waits for one, or if it is not known here. */
  public @Nullable Fate fate(FrameId id) {
    IncarnationAccount account = incarnations.get(id.incarnation());
    return account == null ? null : account.lane(id.lane()).fate(id.number());
  }

  /** Every frame that waits for a verdict and whose record is synced, oldest incarnation first. */
  public List<OutgoingFrame> pending() {
    List<OutgoingFrame> pending = new ArrayList<>();
    for (IncarnationAccount incarnation : incarnations.values()) {
      incarnation.collectPending(pending);
    }
    return pending;
  }

  /** Some of the frames that wait for a verdict and whose records are synced. */
  public FramePage page(PageRequest request) {
    return PageReader.read(request, incarnations);
  }

  public boolean knows(FrameId id) {
    IncarnationAccount account = incarnations.get(id.incarnation());
    return account != null && id.number() >= 1 && id.number() <= account.lane(id.lane()).highest();
  }

  public boolean isOffered(FrameId id) {
    return lane(id).offered(id.number());
  }

  public void offer(FrameId id) {
    lane(id).offer(id.number());
  }

  /** Marks of blocks that were offered may be lost: every block counts as offered (J7). */
  public void offerAll() {
    for (IncarnationAccount incarnation : incarnations.values()) {
      for (Lane lane : Lane.values()) {
        incarnation.lane(lane).offerAll();
      }
    }
  }

  /** The cloud answered the last {@link #account} in full as to this incarnation (L3). */
  public void confirmed(Incarnation incarnation) {
    IncarnationAccount account = incarnations.get(incarnation);
    if (account != null) {
      for (Lane lane : Lane.values()) {
        account.lane(lane).confirmed();
      }
    }
    forgetSettledIncarnations();
  }

  /**
   * Calls the sink for each frame of a lane that waits for a verdict, can be read, and lies in what
   * is chosen: oldest incarnation first, then by number.
   */
  public void pending(Lane lane, HomeChoice choice, Consumer<HeldFrame> sink) {
    incarnations.values().forEach(incarnation -> incarnation.pending(lane, choice, sink));
  }

  /** What lies in each file that holds anything. Looks through all held frames. */
  public Map<Long, FileStock> inFiles() {
    FileStocks stocks = new FileStocks();
    for (IncarnationAccount incarnation : incarnations.values()) {
      for (Lane lane : Lane.values()) {
        stocks.add(incarnation.lane(lane));
      }
    }
    return stocks.stocks();
  }

  /**
   * The windows of this frame share too little time with others to be merged. Not journaled: it
   * would be found out again.
   */
  public void fix(FrameId id) {
    lane(id).fix(id.number());
  }

  /** Files that hold any frame. */
  public Set<Long> files() {
    return stocks.files();
  }

  /** Segments that hold any frame. */
  public Set<Long> segments() {
    return stocks.segments();
  }

  /** Applies a verdict to the numbers of the range that are known; true if anything changed. */
  public boolean settle(Incarnation incarnation, Lane lane, long from, long to, Fate fate) {
    IncarnationAccount account = incarnations.get(incarnation);
    return account != null && account.lane(lane).settle(from, to, fate);
  }

  /**
   * As {@link #settle}, for what the cloud says: only of bytes that this process has sent, because
   * it may mean those of a copy of this directory (J4).
   *
   * @param sent numbers that this process sent
   * @param changed gets the numbers whose fate changed; a replay of these comes to the same
   * @return whether any frame waits on, because it was not sent
   */
  public boolean judge(
      Incarnation incarnation,
      Lane lane,
      long from,
      long to,
      Fate fate,
      LongPredicate sent,
      RangeSet changed) {
    IncarnationAccount account = incarnations.get(incarnation);
    return account != null && account.lane(lane).judge(from, to, fate, sent, changed);
  }

  /** Committed numbers that are still held and that the cloud does not know (L3). */
  public List<FrameId> heldButLacking(Incarnation incarnation, Lane lane, LongPredicate known) {
    IncarnationAccount account = incarnations.get(incarnation);
    if (account == null) {
      return List.of();
    }
    return account.lane(lane).heldButLacking(known).stream()
        .map(number -> new FrameId(incarnation, lane, number))
        .toList();
  }

  /** A committed number waits again, because the cloud lacks it. */
  public void reopen(FrameId id) {
    lane(id).reopen(id.number());
  }

  /**
   * Committed numbers that neither side has any more (L3), as the dropped ranges that they are to
   * become.
   */
  public List<FateRange> goneAndLacking(Incarnation incarnation, Lane lane, RangeSet known) {
    IncarnationAccount account = incarnations.get(incarnation);
    return account == null ? List.of() : account.lane(lane).goneAndLacking(known);
  }

  /** Turns committed numbers, a range of {@link #goneAndLacking}, into dropped ones. */
  public void drop(Incarnation incarnation, Lane lane, FateRange lacking) {
    account(incarnation).lane(lane).drop(lacking);
  }

  /** Turns the committed range that begins at this number into a dropped one. */
  public void drop(FrameId firstOfRange) {
    lane(firstOfRange).drop(firstOfRange.number());
  }

  /** True if a frame of this segment still waits for its verdict: the segment must stay. */
  public boolean pendingIn(long segment) {
    return stocks.inSegment(segment).pending() > 0;
  }

  /** What lies in a segment of the journal. */
  public Stock inSegment(long segment) {
    return stocks.inSegment(segment);
  }

  /** What lies in a file of the backlog. */
  public Stock inFile(long file) {
    return stocks.inFile(file);
  }

  /** The segment was deleted: its delivered frames cannot be sent again. */
  public void forgetSegment(long segment) {
    incarnations.values().forEach(i -> i.forgetSegments(s -> s == segment));
    forgetSettledIncarnations();
  }

  /** As {@link #forgetSegment} and {@link #forgetFile} for each of these. */
  public void forget(Set<Long> segments, Set<Long> files) {
    for (IncarnationAccount incarnation : incarnations.values()) {
      incarnation.forgetSegments(segments::contains);
      incarnation.forgetFiles(files::contains);
    }
    forgetSettledIncarnations();
  }

  /** As {@link #forgetSegment} for each of these. */
  public void forgetSegments(LongPredicate deleted) {
    incarnations.values().forEach(i -> i.forgetSegments(deleted));
    forgetSettledIncarnations();
  }

  /** As {@link #forgetFile} for every file that is not among these. */
  public void forgetFilesBut(Set<Long> there) {
    incarnations.values().forEach(i -> i.forgetFiles(file -> !there.contains(file)));
    forgetSettledIncarnations();
  }

  /** The file was deleted: its settled frames cannot be sent again. */
  public void forgetFile(long file) {
    incarnations.values().forEach(i -> i.forgetFiles(f -> f == file));
    forgetSettledIncarnations();
  }

  /** Whether every numbered frame has its place: only then can a checkpoint be written. */
  public boolean allPlaced() {
    return stocks.unplaced() == 0;
  }

  /** What hello tells (L3). */
  public List<HeldIncarnation> account() {
    return incarnations.values().stream().map(IncarnationAccount::describe).toList();
  }

  public Map<Lane, LaneFigures> figures() {
    Map<Lane, LaneFigures> figures = new EnumMap<>(Lane.class);
    totals.forEach((lane, total) -> figures.put(lane, total.figures()));
    return figures;
  }

  /**
   * When the oldest frame without a verdict was numbered, microseconds since the epoch; empty if
   * there is none.
   */
  public OptionalLong oldestPendingMicros() {
    long oldest =
        incarnations.values().stream()
            .mapToLong(IncarnationAccount::oldestPendingMicros)
            .min()
            .orElse(Long.MAX_VALUE);
    return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
  }

  /** What a lane holds, wherever it lies. */
  public Stock inLane(Lane lane) {
    return stocks.of(lane);
  }

  /** Bytes of the frames without a verdict, by lane. */
  public Map<Lane, Long> pendingBytes() {
    Map<Lane, Long> bytes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      bytes.put(lane, stocks.of(lane).pendingBytes());
    }
    return bytes;
  }

  /**
   * What is settled and gone is remembered as numbers and sums, so that a database that goes back
   * behind it is found to lack it (L3, L12): of the newest incarnations that numbered anything, as
   * far as all that is told of them has bounds. The cloud has confirmed what is forgotten, and it
   * stays in the {@link #figures}.
   */
  private void forgetSettledIncarnations() {
    List<IncarnationAccount> over =
        incarnations.values().stream().filter(i -> i.sealed && i.settled()).toList();
    int remembered = 0;
    long ranges = 0;
    for (IncarnationAccount account : over.reversed()) {
      remembered += account.isEmpty() ? 0 : 1;
      ranges += account.goneRanges();
      if (account.isEmpty() || remembered > REMEMBERED || ranges > REMEMBERED_RANGES) {
        incarnations.remove(account.id);
      }
    }
  }

  private LaneAccount lane(FrameId id) {
    return account(id.incarnation()).lane(id.lane());
  }

  private IncarnationAccount account(Incarnation id) {
    IncarnationAccount account = incarnations.get(id);
    if (account == null) {
      throw new IllegalStateException("incarnation " + id + " is not known here");
    }
    return account;
  }

  public void write(DataOutput out) throws IOException {
    for (Lane lane : Lane.values()) {
      totals(lane).write(out);
    }
    IncarnationAccount.writeOptional(out, newest);
    out.writeInt(incarnations.size());
    for (IncarnationAccount account : incarnations.values()) {
      account.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static FrameLedger read(DataInput in) throws IOException {
    FrameLedger ledger = new FrameLedger();
    for (Lane lane : Lane.values()) {
      ledger.totals(lane).read(in);
    }
    ledger.newest = IncarnationAccount.readOptional(in);
    for (int left = in.readInt(); left > 0; left--) {
      IncarnationAccount account = IncarnationAccount.read(in, ledger.totals, ledger.stocks);
      ledger.incarnations.put(account.id, account);
      ledger.current = account.sealed ? null : account.id;
    }
    return ledger;
  }

  private LaneTotals totals(Lane lane) {
    return Objects.requireNonNull(totals.get(lane));
  }
}
