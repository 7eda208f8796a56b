package io.edgeflow.gateway.space;

import io.edgeflow.wire.frame.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes when space runs out, and in which order. Pure.
 *
 * <ol>
 *   <li>What was delivered, and the flight recorder: settled files, then segments, oldest first;
 *       what is unsettled in a segment is sealed before (J10). Files of which most is settled are
 *       written anew without that.
 *   <li>Raw frames, oldest file first.
 *   <li>The resolution of the oldest windows that were never offered (J7).
 *   <li>The oldest windows.
 *   <li>The oldest events.
 * </ol>
 *
 * What is past {@code keepDelivered} goes by the same way while there is room. Nothing else is
 * touched then.
 */
public final class SpacePolicy {
  /** About how many bytes of frames a sealed file gets, where the budget is large. */
  public static final long FILE_BYTES = 16 << 20;

  /** Of a small budget: the file is written beside what it takes the place of. */
  private static final int FILES_IN_BUDGET = 16;

  /** What MapDB's pages, both catalogues and the frames of the other lanes take beside frames. */
  private static final long OVERHEAD_BYTES = 128 << 10;

  /** Above this many, small files are merged. */
  static final int MOST_FILES = 256;

  private static final int MERGED_AT_ONCE = 16;

  private static final Comparator<FileFigures> BY_AGE =
      Comparator.comparingLong(FileFigures::oldestMicros).thenComparingLong(FileFigures::id);

  private SpacePolicy() {}

  /** About how many bytes of frames a sealed file gets. */
  public static long fileBytes(long budget) {
    return Math.min(FILE_BYTES, budget / FILES_IN_BUDGET);
  }

  /** The most that one step writes before it deletes anything. */
  public static long stepBytes(long budget) {
    long file = fileBytes(budget);
    return file + file / 4 + Math.min(OVERHEAD_BYTES, file);
  }

  public static Step next(SpaceFigures now) {
    return empty(now)
        .or(() -> delivered(now, FileFigures::old, SegmentFigures::old))
        .or(() -> now.tight() ? Optional.of(reclaim(now)) : tooManyFiles(now))
        .orElseGet(Step.Rest::new);
  }

  /** Files that a stopped process left behind, or of which every frame moved on. */
  private static Optional<Step> empty(SpaceFigures now) {
    List<Long> empty =
        now.files().stream()
            .filter(file -> file.frames() == 0 && file.synced())
            .map(FileFigures::id)
            .toList();
    return empty.isEmpty() ? Optional.empty() : Optional.of(new Step.DeleteFiles(empty));
  }

  private static Step reclaim(SpaceFigures now) {
    return delivered(now, file -> true, segment -> true)
        .or(() -> mostlySettled(now))
        .or(() -> now.mustDrop() ? givenUp(now) : Optional.empty())
        .orElseGet(Step.Exhausted::new);
  }

  private static Optional<Step> givenUp(SpaceFigures now) {
    return oldest(now, Lane.RAW, file -> true)
        .<Step>map(f -> new Step.DropRaw(f.id()))
        .or(() -> coarsen(now))
        .or(() -> oldest(now, Lane.WINDOW, file -> true).map(f -> new Step.DropWindows(f.id())))
        .or(() -> oldest(now, Lane.EVENT, file -> true).map(f -> new Step.DropEvents(f.id())));
  }

  /** What nobody waits for, oldest first: settled files, then segments. */
  private static Optional<Step> delivered(
      SpaceFigures now, Predicate<FileFigures> files, Predicate<SegmentFigures> segments) {
    List<FileFigures> settled =
        now.files().stream()
            .filter(file -> file.settled() && files.test(file))
            .sorted(Comparator.comparingLong(FileFigures::id))
            .toList();
    if (!settled.isEmpty()) {
      return Optional.of(deleteFiles(settled, now.excess()));
    }
    List<SegmentFigures> removable =
        now.segments().stream().takeWhile(SegmentFigures::removable).toList();
    if (removable.isEmpty() || !segments.test(removable.getFirst())) {
      return Optional.empty();
    }
    return Optional.of(oldestSegments(now, removable, segments));
  }

  private static Step deleteFiles(List<FileFigures> settled, long excess) {
    List<Long> ids = new ArrayList<>();
    long freed = 0;
    for (FileFigures file : settled) {
      if (!file.synced() || (freed > 0 && freed >= excess && !file.old())) {
        break;
      }
      ids.add(file.id());
      freed += file.bytes();
    }
    return ids.isEmpty() ? new Step.AwaitSync() : new Step.DeleteFiles(ids);
  }

  private static Step oldestSegments(
      SpaceFigures now, List<SegmentFigures> removable, Predicate<SegmentFigures> chosen) {
    SegmentFigures oldest = removable.getFirst();
    if (oldest.pending() > 0) {
      return seal(now, removable);
    }
    List<Long> ids = new ArrayList<>();
    long freed = 0;
    for (SegmentFigures segment : removable) {
      boolean enough = freed > 0 && freed >= now.excess() && !segment.old();
      if (segment.pending() > 0 || !segment.synced() || !chosen.test(segment) || enough) {
        break;
      }
      ids.add(segment.id());
      freed += segment.bytes();
    }
    return ids.isEmpty() ? new Step.AwaitSync() : new Step.DeleteSegments(ids);
  }

  /**
   * Several segments at a time, or the files would be tiny: most bytes of a segment are not frames.
   */
  private static Step seal(SpaceFigures now, List<SegmentFigures> removable) {
    List<Long> ids = new ArrayList<>();
    long segmentBytes = 0;
    long frameBytes = 0;
    for (SegmentFigures segment : removable) {
      if (!ids.isEmpty()
          && (segmentBytes >= Math.max(now.excess(), now.budget() / 8)
              || frameBytes + segment.pendingBytes() > fileBytes(now.budget()))) {
        break;
      }
      ids.add(segment.id());
      segmentBytes += segment.bytes();
      frameBytes += segment.pendingBytes();
    }
    return new Step.Seal(ids, segmentBytes);
  }

  private static Optional<Step> mostlySettled(SpaceFigures now) {
    return now.files().stream()
        .filter(SpacePolicy::mostlySettled)
        .min(BY_AGE)
        .map(first -> rewrittenWith(now, first));
  }

  /** Others of the same sort of which most is settled go along. */
  private static Step.Rewrite rewrittenWith(SpaceFigures now, FileFigures first) {
    List<FileFigures> others =
        now.files().stream()
            .filter(file -> mostlySettled(file) && alike(file, first))
            .sorted(BY_AGE)
            .toList();
    return together(now, others);
  }

  /** A file of its unsettled frames would be half as large. What was just rewritten is not. */
  private static boolean mostlySettled(FileFigures file) {
    return !file.settled()
        && file.pending() < file.frames()
        && file.pendingBytes() <= file.bytes() / 2;
  }

  private static boolean alike(FileFigures a, FileFigures b) {
    return a.lane() == b.lane() && a.coarse() == b.coarse();
  }

  /** The first of them, as many as fill one file. */
  private static Step.Rewrite together(SpaceFigures now, List<FileFigures> files) {
    List<Long> ids = new ArrayList<>();
    long pending = 0;
    long bytes = 0;
    for (FileFigures file : files) {
      pending += file.pendingBytes();
      if (!ids.isEmpty() && (pending > fileBytes(now.budget()) || ids.size() == MERGED_AT_ONCE)) {
        break;
      }
      ids.add(file.id());
      bytes += file.bytes();
    }
    return new Step.Rewrite(ids, bytes);
  }

  private static Optional<Step> coarsen(SpaceFigures now) {
    return now.coarsen()
        ? oldest(now, Lane.WINDOW, file -> file.mergeable() > 0).map(f -> new Step.Coarsen(f.id()))
        : Optional.empty();
  }

  private static Optional<FileFigures> oldest(
      SpaceFigures now, Lane lane, Predicate<FileFigures> choice) {
    return now.files().stream()
        .filter(file -> file.lane() == lane && !file.settled() && choice.test(file))
        .min(BY_AGE);
  }

  /** Merges neighbours by age, where two or more fit into one file. */
  private static Optional<Step> tooManyFiles(SpaceFigures now) {
    if (now.files().size() <= MOST_FILES) {
      return Optional.empty();
    }
    List<FileFigures> byAge =
        now.files().stream()
            .filter(file -> !file.settled() && file.pendingBytes() <= fileBytes(now.budget()) / 2)
            .sorted(BY_AGE)
            .toList();
    for (FileFigures first : byAge) {
      List<FileFigures> onwards =
          byAge.stream()
              .filter(file -> alike(file, first) && BY_AGE.compare(file, first) >= 0)
              .toList();
      Step.Rewrite merged = together(now, onwards);
      if (merged.files().size() > 1) {
        return Optional.of(merged);
      }
    }
    return Optional.empty();
  }
}
