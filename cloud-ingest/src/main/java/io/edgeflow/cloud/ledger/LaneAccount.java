package io.edgeflow.cloud.ledger;

import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What happened to every number of one incarnation and lane of an edge (L6): which were committed,
 * and which have another fate. A number has at most one of them; committed is the strongest. Lives
 * for one transaction, on its thread.
 */
public final class LaneAccount {
  /** The reason of what only the edge says. */
  static final String ANNOUNCED = "announced";

  private final int id;
  private final Numbers committed;
  private final Fates fates;
  private Totals totals;
  private boolean changed;

  /**
   * @param highest the greatest number seen or announced, 0 for none
   * @param runningTotal readings of numbers 1 to {@code highest}
   * @param carriedReadings those of the committed readings that came in coarse frames
   */
  public record Totals(
      long committedFrames,
      long committedReadings,
      long highest,
      long runningTotal,
      long carriedReadings) {
    public static final Totals NONE = new Totals(0, 0, 0, 0, 0);
  }

  /** Finds how many readings committed frames carry, where that is still known. */
  public interface ReadingsOf {
    Optional<Long> committedIn(int ledger, Numbers numbers);
  }

  public LaneAccount(int id, Numbers committed, Totals totals, Collection<FateEntry> entries) {
    this.id = id;
    this.committed = committed;
    this.totals = totals;
    this.fates = new Fates(entries);
  }

  /** The row of the ledger. */
  public int id() {
    return id;
  }

  public Numbers committed() {
    return committed;
  }

  public Totals totals() {
    return totals;
  }

  public boolean changed() {
    return changed;
  }

  /** Entries that differ from when the account was read; those without numbers are gone. */
  public List<FateEntry> changedFates() {
    return fates.changed();
  }

  public Collection<FateEntry> fates() {
    return fates.all();
  }

  /**
   * What the edge would be told of this number; empty if a frame of this number is to be stored.
   */
  public Optional<Verdict> verdict(long number) {
    if (committed.contains(number)) {
      return Optional.of(Verdict.COMMITTED);
    }
    return fates.holding(number).flatMap(entry -> entry.key().fate().verdict());
  }

  /** A frame of this number exists, and frames 1 to it carry so many readings. */
  public void seen(long number, long runningTotal) {
    if (number > totals.highest()) {
      become(
          totals.committedFrames(),
          totals.committedReadings(),
          number,
          runningTotal,
          totals.carriedReadings());
    }
  }

  /** The frame's rows are in this transaction. */
  public void commit(long number, long readings) {
    fates.remove(number, readings);
    committed.add(number);
    become(
        totals.committedFrames() + 1,
        totals.committedReadings() + readings,
        totals.highest(),
        totals.runningTotal(),
        totals.carriedReadings());
  }

  /** So many of the readings just committed came in a coarse frame. */
  public void carried(long readings) {
    become(
        totals.committedFrames(),
        totals.committedReadings(),
        totals.highest(),
        totals.runningTotal(),
        totals.carriedReadings() + readings);
  }

  private void become(long frames, long readings, long highest, long total, long carried) {
    totals = new Totals(frames, readings, highest, total, carried);
    changed = true;
  }

  public void refuse(long number, long readings, String reason) {
    fates.settle(
        new FateEntry.Key(CloudFate.REFUSED, reason),
        Numbers.of(new Numbers.Range(number, number)),
        readings);
  }

  /**
   * Why a coarse frame of this incarnation must not take the place of these (L7): their readings
   * are stored, each by itself or in coarse frames of another incarnation, as those of a copy of
   * the edge's directory would be.
   */
  public Optional<String> obstacle(Numbers.Range replaced, Incarnation by) {
    if (committed.intersects(replaced)) {
      return Optional.of("replaces-committed");
    }
    boolean taken =
        fates.all().stream()
            .filter(entry -> entry.numbers().intersects(replaced))
            .flatMap(entry -> Coarse.by(entry.key()).stream())
            .anyMatch(other -> !other.equals(by.toString()));
    return taken ? Optional.of("replaces-superseded") : Optional.empty();
  }

  /**
   * A coarse frame of this incarnation takes the place of these (L7). Several may share one
   * replaced range. There must be no obstacle.
   *
   * @return how many readings the edge told these to carry, as far as no coarse frame named them
   */
  public long supersede(Numbers.Range replaced, Incarnation by) {
    Numbers untold = Numbers.of(replaced);
    FateEntry announced = fates.of(Coarse.ANNOUNCED);
    Numbers part = announced.numbers().within(replaced);
    long told = part.isEmpty() ? 0 : announced.share(part);
    if (!part.isEmpty()) {
      fates.settle(Coarse.told(by), part, told);
    }
    untold.removeAll(fates.of(Coarse.told(by)).numbers());
    untold.removeAll(fates.of(Coarse.carried(by)).numbers());
    if (!untold.isEmpty()) {
      fates.settle(Coarse.carried(by), untold, 0);
    }
    return told;
  }

  /** Whether the edge has not told how many readings all of these carry. */
  public boolean isUntold(Numbers.Range replaced, Incarnation by) {
    return fates.of(Coarse.carried(by)).numbers().intersects(replaced);
  }

  /** Coarse frames of this incarnation carry so many readings more of numbers that are untold. */
  public void superseded(Incarnation by, long readings) {
    fates.settle(Coarse.carried(by), new Numbers(), readings);
  }

  /** The edge's own account of the lane (L3): what it claims is believed where nothing is known. */
  public void announced(HeldLane lane, ReadingsOf known) {
    seen(lane.highest(), lane.runningTotal());
    for (Announcement claim : Announcement.of(lane.fates())) {
      Numbers settled = committed.intersection(claim.claimed());
      claim.record(fates, settled, readingsOf(settled, known));
    }
  }

  /** The old ones are known in sum only; so what is asked for may be what is left of it. */
  private Optional<Long> readingsOf(Numbers some, ReadingsOf known) {
    if (some.isEmpty()) {
      return Optional.of(0L);
    }
    Numbers others = committed.copy();
    others.removeAll(some);
    if (others.isEmpty()) {
      return Optional.of(totals.committedReadings());
    }
    return known
        .committedIn(id, some)
        .or(() -> known.committedIn(id, others).map(o -> totals.committedReadings() - o));
  }

  /** Numbers up to the highest of which nothing is known: pending at the edge, or on their way. */
  public Numbers missing() {
    Numbers missing = new Numbers();
    if (totals.highest() > 0) {
      missing.add(new Numbers.Range(1, totals.highest()));
    }
    missing.removeAll(committed);
    fates.all().forEach(entry -> missing.removeAll(entry.numbers()));
    return missing;
  }

  /**
   * All that the edge may be told, ascending.
   *
   * @param unsaid numbers to be left out
   */
  public List<VerdictRange> verdicts(Numbers unsaid) {
    List<VerdictRange> all = new ArrayList<>();
    add(all, committed, unsaid, Verdict.COMMITTED, "");
    for (FateEntry entry : fates.all()) {
      entry
          .key()
          .fate()
          .verdict()
          .ifPresent(verdict -> add(all, entry.numbers(), unsaid, verdict, entry.key().reason()));
    }
    all.sort(Comparator.comparingLong(VerdictRange::from));
    return all;
  }

  private static void add(
      List<VerdictRange> all, Numbers numbers, Numbers unsaid, Verdict verdict, String reason) {
    Numbers said = numbers;
    if (!unsaid.isEmpty()) {
      said = numbers.copy();
      said.removeAll(unsaid);
    }
    for (Numbers.Range range : said.ranges()) {
      all.add(new VerdictRange(range.from(), range.to(), verdict, reason));
    }
  }
}
