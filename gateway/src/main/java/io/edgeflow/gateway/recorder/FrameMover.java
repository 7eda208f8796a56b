package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.BacklogFile;
import io.edgeflow.gateway.backlog.Sealed;
import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.FrameLost;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.Grain;
import io.edgeflow.gateway.outbox.HeldFrame;
import io.edgeflow.gateway.outbox.HomeChoice;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves frames that wait for the cloud into sealed files (J8, J10). The worker writes the files;
 * then the owner records where the frames lie now; and only when that is synced, what they left is
 * deleted. So a crash leaves each frame in one place or in two, and never in none.
 *
 * <p>A few frames, an event or one that the cloud puts off, would make a file of which most is
 * overhead: they are appended to the journal once more instead, and go on with it. Owned by the
 * owner thread.
 */
final class FrameMover {
  /** How often the disk may refuse a frame, while it works otherwise, before it counts as lost. */
  private static final int ATTEMPTS = 12;

  /** The least file takes 80 KiB. */
  private static final long CARRIED_BYTES = 64 << 10;

  private static final int CARRIED_PARTS = 8;

  private final SpaceKeeper.Parts parts;
  private final SpaceEvents events;
  private final FrameDropper dropper;
  private final FrameReader reader;
  private final Map<FrameId, Integer> refusals = new HashMap<>();

  /** Frames for one file, sorted; or, where a file would be larger than they, for the journal. */
  private record Group(Lane lane, Map<FrameId, HeldFrame> frames, boolean carried) {}

  /**
   * What came of a group.
   *
   * @param file absent if none was written
   * @param carried frames to be appended to the journal
   * @param unreadable frames that were left out
   * @param refused of these, those that the disk may give another time
   */
  private record Moved(
      Group group,
      @Nullable BacklogFile file,
      Map<FrameId, byte[]> carried,
      List<FrameId> unreadable,
      Set<FrameId> refused,
      @Nullable IOException failure) {
    static Moved failed(Group group, IOException failure) {
      return new Moved(group, null, Map.of(), List.of(), Set.of(), failure);
    }
  }

  FrameMover(
      SpaceKeeper.Parts parts, SpaceEvents events, FrameDropper dropper, FrameReader reader) {
    this.parts = parts;
    this.events = events;
    this.dropper = dropper;
    this.reader = reader;
  }

  /** What waits in these segments, one file for each lane. */
  void seal(List<Long> segments, long bytes, Runnable done, Consumer<Exception> failed) {
    Set<Long> chosen = Set.copyOf(segments);
    List<Group> groups = groups((inFile, home) -> !inFile && chosen.contains(home), bytes);
    move(groups, "the journal", done, failed);
  }

  /** What waits in these files. */
  void rewrite(List<Long> files, long bytes, Runnable done, Consumer<Exception> failed) {
    Set<Long> chosen = Set.copyOf(files);
    List<Group> groups = groups((inFile, home) -> inFile && chosen.contains(home), bytes);
    move(groups, "old files", done, failed);
  }

  /** Coarse frames apart: they are older than what was numbered beside them. */
  private List<Group> groups(HomeChoice choice, long freedBytes) {
    long carried = Math.min(CARRIED_BYTES, freedBytes / CARRIED_PARTS);
    List<Group> groups = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      for (boolean coarse : new boolean[] {false, true}) {
        Map<FrameId, HeldFrame> frames =
            frames(lane, choice, frame -> (frame.grain() == Grain.COARSE) == coarse);
        if (!frames.isEmpty()) {
          long bytes = frames.values().stream().mapToLong(HeldFrame::bytes).sum();
          groups.add(new Group(lane, frames, bytes <= carried));
        }
      }
    }
    return groups;
  }

  private Map<FrameId, HeldFrame> frames(Lane lane, HomeChoice choice, Predicate<HeldFrame> which) {
    Map<FrameId, HeldFrame> frames = new LinkedHashMap<>();
    parts
        .state()
        .frames
        .pending(
            lane,
            choice,
            frame -> {
              if (frames.size() < Backlog.MAX_FRAMES && which.test(frame)) {
                frames.put(frame.id(), frame);
              }
            });
    return frames;
  }

  private void move(List<Group> groups, String from, Runnable done, Consumer<Exception> failed) {
    parts
        .worker()
        .run(
            () -> groups.stream().map(this::moved).toList(),
            moved -> applied(moved, from, done, failed),
            failed);
  }

  /** On the worker's thread. */
  private Moved moved(Group group) {
    Set<FrameId> refused = new HashSet<>();
    try {
      return group.carried ? carried(group, refused) : sealed(group, refused);
    } catch (IOException e) {
      return Moved.failed(group, e);
    }
  }

  private Moved sealed(Group group, Set<FrameId> refused) throws IOException {
    List<FrameId> ids = List.copyOf(group.frames.keySet());
    Sealed sealed = parts.backlog().seal(group.lane, ids, id -> read(group, id, refused));
    return new Moved(group, sealed.file(), Map.of(), sealed.unreadable(), refused, null);
  }

  private Moved carried(Group group, Set<FrameId> refused) {
    Map<FrameId, byte[]> bytes = new LinkedHashMap<>();
    List<FrameId> unreadable = new ArrayList<>();
    for (FrameId id : group.frames.keySet()) {
      try {
        bytes.put(id, read(group, id, refused));
      } catch (IOException e) {
        unreadable.add(id);
      }
    }
    return new Moved(group, null, bytes, unreadable, refused, null);
  }

  private byte[] read(Group group, FrameId id, Set<FrameId> refused) throws IOException {
    HeldFrame frame = held(group, id);
    try {
      return reader.read(id, frame.place());
    } catch (FrameLost e) {
      throw e;
    } catch (IOException e) {
      refused.add(id);
      throw e;
    }
  }

  private void applied(List<Moved> moved, String from, Runnable done, Consumer<Exception> failed) {
    List<HeldFrame> frames = new ArrayList<>();
    int files = 0;
    IOException failure = null;
    for (Moved one : moved) {
      BacklogFile file = one.file;
      if (file != null) {
        parts.scribe().sealed(file.id(), file.frames());
        file.frames().forEach(frame -> frames.add(held(one.group, frame.id())));
        files++;
      }
      one.carried.forEach((id, bytes) -> carry(bytes));
      IOException fault = one.failure == null ? leftBehind(one) : one.failure;
      failure = fault == null ? failure : fault;
    }
    if (files > 0) {
      events.sealed(FrameSums.of(frames), files, from);
    }
    if (failure == null) {
      done.run();
    } else {
      failed.accept(failure);
    }
  }

  private void carry(byte[] bytes) {
    EdgeState state = parts.state();
    state.carrying++;
    parts
        .scribe()
        .carried(bytes, (number, position) -> parts.owner().post(() -> arrived(bytes, position)));
  }

  private void arrived(byte[] bytes, LogPosition position) {
    EdgeState state = parts.state();
    state.carrying--;
    state.frames.found(SealedRecord.unknown(bytes), new FramePlace.InSegment(position));
  }

  private static HeldFrame held(Group group, FrameId id) {
    return Objects.requireNonNull(group.frames.get(id), "a frame of another group");
  }

  /** Nobody reads these any more, or at least not now; what is refused too often pins nothing. */
  private @Nullable IOException leftBehind(Moved moved) {
    boolean diskWorks = parts.journal().health() instanceof JournalHealth.Ok;
    List<HeldFrame> lost = new ArrayList<>();
    boolean again = false;
    for (FrameId id : moved.unreadable) {
      boolean givenUp = !moved.refused.contains(id) || refusedTooOften(id, diskWorks);
      if (givenUp) {
        refusals.remove(id);
        lost.add(held(moved.group, id));
      }
      again |= !givenUp;
    }
    dropper.lost(moved.group.lane, lost);
    return again ? new IOException("the disk refuses frames that are to be moved") : null;
  }

  private boolean refusedTooOften(FrameId id, boolean diskWorks) {
    return diskWorks && refusals.merge(id, 1, Integer::sum) >= ATTEMPTS;
  }
}
