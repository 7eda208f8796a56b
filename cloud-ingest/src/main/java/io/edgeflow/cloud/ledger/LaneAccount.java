package io.edgeflow.cloud.ledger;

import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happened to every number of one incarnation and lane of an edge (L6): which were committed,
 * and which have another fate. A number has at most one of them; committed is the strongest. Lives
 * for one transaction, on its thread.
 */
public final class LaneAccount {
  private final int id;
  private final Numbers committed;
  private final Map<FateEntry.Key, FateEntry> fates = new LinkedHashMap<>();
  private final Set<FateEntry.Key> changedFates = new LinkedHashSet<>();
  private Totals totals;
  private boolean changed;

  /**
   * @param highest the greatest number seen or announced, 0 for none
   * @param runningTotal readings of numbers 1 to {@code highest}
   */
  public record Totals(
      long committedFrames, long committedReadings, long highest, long runningTotal) {
    public static final Totals NONE = new Totals(0, 0, 0, 0);
  }

  /** Finds how many readings frames that are settled carry, where that is still known. */
  public interface ReadingsOf {
    Optional<Long> committedIn(int ledger, Numbers numbers);
  }

  public LaneAccount(int id, Numbers committed, Totals totals, Collection<FateEntry> entries) {
    this.id = id;
    this.committed = committed;
    this.totals = totals;
    entries.forEach(entry -> fates.put(entry.key(), entry));
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
    return changedFates.stream()
        .map(key -> fates.getOrDefault(key, new FateEntry(key, new Numbers(), 0)))
        .toList();
  }

  public Collection<FateEntry> fates() {
    return List.copyOf(fates.values());
  }

  /**
   * What the edge would be told of this number; empty if a frame of this number is to be stored.
   */
  public Optional<Verdict> verdict(long number) {
    if (committed.contains(number)) {
      return Optional.of(Verdict.COMMITTED);
    }
    return fates.values().stream()
        .filter(entry -> entry.numbers().contains(number))
        .findFirst()
        .flatMap(entry -> entry.key().fate().verdict());
  }

  /** A frame of this number exists, and frames 1 to it carry so many readings. */
  public void seen(long number, long runningTotal) {
    if (number > totals.highest()) {
      totals =
          new Totals(totals.committedFrames(), totals.committedReadings(), number, runningTotal);
      changed = true;
    }
  }

  /** The frame's rows are in this transaction. */
  public void commit(long number, long readings) {
    Numbers one = Numbers.of(new Numbers.Range(number, number));
    for (FateEntry entry : fates()) {
      if (entry.numbers().contains(number)) {
        put(entry.minus(one, readings));
      }
    }
    committed.add(number);
    totals =
        new Totals(
            totals.committedFrames() + 1,
            totals.committedReadings() + readings,
            totals.highest(),
            totals.runningTotal());
    changed = true;
  }

  public void refuse(long number, long readings, String reason) {
    settle(
        Numbers.of(new Numbers.Range(number, number)),
        new FateEntry.Key(CloudFate.REFUSED, reason),
        readings);
  }

  /**
   * A coarse frame that carries so many of their readings takes the place of these (L7). Several
   * may share one replaced range.
   *
   * @return false if one of them is committed: then the coarse frame is to be refused
   */
  public boolean supersede(Numbers.Range replaced, long readings) {
    if (committed.intersects(replaced)) {
      return false;
    }
    Numbers numbers = Numbers.of(replaced);
    FateEntry.Key coarse = new FateEntry.Key(CloudFate.SUPERSEDED, "coarse");
    for (FateEntry entry : fates()) {
      if (!entry.key().equals(coarse)) {
        Numbers moved = entry.numbers().within(replaced);
        put(entry.minus(moved, Math.min(readings, entry.share(moved))));
      }
    }
    put(entry(coarse).plus(numbers, readings));
    return true;
  }

  /** The edge's own account of the lane (L3): what it claims is believed where nothing is known. */
  public void announced(HeldLane lane, ReadingsOf known) {
    seen(lane.highest(), lane.runningTotal());
    lane.fates().forEach(range -> announced(range, known));
  }

  private void announced(FateRange claim, ReadingsOf known) {
    Numbers.Range range = new Numbers.Range(claim.from(), claim.to());
    if (committed.containsAll(range)) {
      return;
    }
    CloudFate fate = CloudFate.claimed(claim.fate());
    Numbers news = Numbers.of(range);
    news.removeAll(committed);
    fates.values().stream()
        .filter(entry -> entry.key().fate().compareTo(fate) <= 0)
        .forEach(entry -> news.removeAll(entry.numbers()));
    if (!news.isEmpty()) {
      settle(news, new FateEntry.Key(fate, "announced"), readings(claim, range, news, known));
    }
  }

  /** The claim's readings less those of its numbers that were settled before. */
  private long readings(FateRange claim, Numbers.Range range, Numbers news, ReadingsOf known) {
    Numbers settled = committed.within(range);
    long other = news.size() + settled.size() == range.size() ? 0 : -1;
    if (other == 0 && settled.isEmpty()) {
      return claim.readings();
    }
    if (other == 0 && settled.equals(committed)) {
      return Math.max(0, claim.readings() - totals.committedReadings());
    }
    Optional<Long> exact = other == 0 ? known.committedIn(id, settled) : Optional.empty();
    return exact
        .map(readings -> Math.max(0, claim.readings() - readings))
        .orElseGet(() -> Math.round((double) claim.readings() * news.size() / range.size()));
  }

  private void settle(Numbers numbers, FateEntry.Key key, long readings) {
    for (FateEntry entry : fates()) {
      Numbers moved = new Numbers();
      numbers.ranges().forEach(range -> moved.addAll(entry.numbers().within(range)));
      if (!moved.isEmpty()) {
        put(entry.minus(moved, entry.share(moved)));
      }
    }
    put(entry(key).plus(numbers, readings));
  }

  private FateEntry entry(FateEntry.Key key) {
    return fates.getOrDefault(key, new FateEntry(key, new Numbers(), 0));
  }

  private void put(FateEntry entry) {
    changedFates.add(entry.key());
    if (entry.numbers().isEmpty()) {
      fates.remove(entry.key());
    } else {
      fates.put(entry.key(), entry);
    }
  }

  /** Numbers up to the highest of which nothing is known: pending at the edge, or on their way. */
  public Numbers missing() {
    Numbers missing = new Numbers();
    if (totals.highest() > 0) {
      missing.add(new Numbers.Range(1, totals.highest()));
    }
    missing.removeAll(committed);
    fates.values().forEach(entry -> missing.removeAll(entry.numbers()));
    return missing;
  }

  /** All that the edge may be told, ascending. */
  public List<VerdictRange> verdicts() {
    List<VerdictRange> all = new ArrayList<>();
    for (Numbers.Range range : committed.ranges()) {
      all.add(new VerdictRange(range.from(), range.to(), Verdict.COMMITTED, ""));
    }
    for (FateEntry entry : fates.values()) {
      entry
          .key()
          .fate()
          .verdict()
          .ifPresent(
              verdict ->
                  entry.numbers().ranges().forEach(range -> all.add(range(entry, range, verdict))));
    }
    all.sort(Comparator.comparingLong(VerdictRange::from));
    return all;
  }

  private static VerdictRange range(FateEntry entry, Numbers.Range range, Verdict verdict) {
    return new VerdictRange(range.from(), range.to(), verdict, entry.key().reason());
  }
}
