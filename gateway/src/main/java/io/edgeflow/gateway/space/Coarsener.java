package io.edgeflow.gateway.space;

import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Merges window frames into fewer and coarser ones (L7): each original goes whole into one of them.
 * Frames that name the same series go together, because only there do rows become fewer.
 *
 * <p>Memory: at most {@link #MOST_ROWS} merged rows of about 200 bytes, 10 MB. Owned by one thread.
 */
public final class Coarsener {
  /** What is kept in memory. */
  public static final int MOST_ROWS = 48 << 10;

  /** Of one coarse frame: below 400 KiB even where doubles do not compress. */
  static final int MOST_ROWS_OF_ONE = 8 << 10;

  /** As long as a bin is small, frames of any series go into it. */
  private static final int SMALL = 2 << 10;

  static final Comparator<FrameId> ORDER =
      Comparator.comparing(FrameId::incarnation, Coarsener::order)
          .thenComparingLong(FrameId::number);

  private final List<CoarseBin> open = new ArrayList<>();
  private final List<CoarseBin> full = new ArrayList<>();
  private int rows;

  private static int order(Incarnation a, Incarnation b) {
    int high = Long.compareUnsigned(a.hi(), b.hi());
    return high != 0 ? high : Long.compareUnsigned(a.lo(), b.lo());
  }

  /**
   * Takes one more original, of the window lane and not coarse itself.
   *
   * @return false if there is no room for it: what was taken so far makes {@link #result}
   */
  public boolean add(Frame original) {
    CoarseBin bin = choose(original);
    int growth = bin == null ? rowsOf(original) : bin.growth(original);
    if (rows > 0 && rows + growth > MOST_ROWS) {
      return false;
    }
    if (bin != null && bin.rows() + growth > MOST_ROWS_OF_ONE) {
      open.remove(bin);
      full.add(bin);
      bin = null;
    }
    if (bin == null) {
      bin = new CoarseBin();
      open.add(bin);
    }
    rows -= bin.rows();
    bin.add(original);
    rows += bin.rows();
    return true;
  }

  private static int rowsOf(Frame frame) {
    return frame.windows().size() + frame.changes().size();
  }

  /** The open bin that shares most series with the frame, or else a small one. */
  private @Nullable CoarseBin choose(Frame frame) {
    CoarseBin best = null;
    int most = -1;
    for (CoarseBin bin : open) {
      int shared = bin.shared(frame);
      boolean fits = 2 * shared >= frame.series().size() || bin.rows() < SMALL;
      if (shared > most && fits) {
        best = bin;
        most = shared;
      }
    }
    return best;
  }

  /**
   * What the originals come to, oldest first. A draft that would save too little is not made: then
   * its originals are told as not worth it.
   */
  public Result result() {
    List<CoarseDraft> drafts = new ArrayList<>();
    List<FrameId> notWorthIt = new ArrayList<>();
    full.addAll(open);
    open.clear();
    for (CoarseBin bin : full) {
      CoarseDraft draft = bin.draft();
      if (draft.originals().size() > 1 && 4 * bin.rows() <= 3 * bin.rowsBefore()) {
        drafts.add(draft);
      } else {
        notWorthIt.addAll(draft.originals());
      }
    }
    drafts.sort(Comparator.comparingLong(CoarseDraft::createdMicros));
    return new Result(drafts, notWorthIt);
  }

  /**
   * @param drafts each replaces other originals
   * @param notWorthIt originals whose windows share too little time with others
   */
  public record Result(List<CoarseDraft> drafts, List<FrameId> notWorthIt) {}
}
