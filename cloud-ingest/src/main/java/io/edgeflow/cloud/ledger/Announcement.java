package io.edgeflow.cloud.ledger;

import io.edgeflow.wire.document.FateRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that an edge's own account of a lane says has one fate (L3): what it claims is believed where
 * nothing stronger is known here. Taken together, because an entry of ours knows the readings of
 * all its numbers, and not of some: it can be taken off exactly where the claim covers it.
 */
final class Announcement {
  private final CloudFate fate;
  private final Numbers claimed = new Numbers();
  private long readings;

  Announcement(CloudFate fate) {
    this.fate = fate;
  }

  /** By fate. */
  static Collection<Announcement> of(List<FateRange> ranges) {
    Map<CloudFate, Announcement> all = new EnumMap<>(CloudFate.class);
    for (FateRange range : ranges) {
      all.computeIfAbsent(CloudFate.claimed(range.fate()), Announcement::new).add(range);
    }
    return all.values();
  }

  private void add(FateRange range) {
    claimed.add(new Numbers.Range(range.from(), range.to()));
    readings += range.readings();
  }

  Numbers claimed() {
    return claimed;
  }

  /**
   * @param committed those of the claimed numbers that are
   * @param committedReadings in these, if anybody knows
   */
  void record(Fates fates, Numbers committed, Optional<Long> committedReadings) {
    Numbers news = claimed.copy();
    news.removeAll(committed);
    long left = readings - committedReadings.orElseGet(() -> share(committed));
    for (FateEntry entry : fates.all()) {
      Numbers part = entry.numbers().intersection(claimed);
      if (!part.isEmpty() && stays(entry.key())) {
        news.removeAll(part);
        left -= entry.share(part);
      }
    }
    settle(fates, news, Math.max(0, left));
  }

  private void settle(Fates fates, Numbers news, long newReadings) {
    List<FateEntry> parts = parts(fates, news);
    long left = newReadings;
    long numbers = news.size();
    for (FateEntry part : parts) {
      long size = part.numbers().size();
      long mine = size == numbers ? left : Math.round((double) left * size / numbers);
      fates.settle(part.key(), part.numbers(), mine);
      left -= mine;
      numbers -= size;
    }
  }

  /** The news by where they belong: numbers that a coarse frame named stay with it. */
  private List<FateEntry> parts(Fates fates, Numbers news) {
    List<FateEntry> parts = new ArrayList<>();
    Numbers rest = news.copy();
    if (fate == CloudFate.SUPERSEDED) {
      for (FateEntry entry : fates.all()) {
        Numbers part = entry.numbers().intersection(rest);
        if (Coarse.isCarried(entry.key()) && !part.isEmpty()) {
          parts.add(new FateEntry(Coarse.told(entry.key()), part, 0));
          rest.removeAll(part);
        }
      }
    }
    if (!rest.isEmpty()) {
      parts.add(new FateEntry(new FateEntry.Key(fate, LaneAccount.ANNOUNCED), rest, 0));
    }
    return parts;
  }

  /** Whether a fate that is known is not changed by the claim. */
  private boolean stays(FateEntry.Key known) {
    if (fate == CloudFate.SUPERSEDED && Coarse.isCarried(known)) {
      return false;
    }
    // An edge calls dropped what it cannot send again; that this database had it once stays true.
    boolean wasLost = known.fate() == CloudFate.LOST && fate == CloudFate.DROPPED;
    return wasLost || known.fate().compareTo(fate) <= 0;
  }

  private long share(Numbers some) {
    return Math.round((double) readings * some.size() / claimed.size());
  }
}
