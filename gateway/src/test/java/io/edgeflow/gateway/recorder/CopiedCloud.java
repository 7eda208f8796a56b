package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.START_MICROS;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The rules of the cloud's ledger for an edge of which there are copies: first come, committed. */
final class CopiedCloud {
  private final Map<FrameId, Integer> committed = new HashMap<>();
  private final Set<FrameId> contested = new HashSet<>();

  /** Whether it has just this content under the name. */
  boolean has(FrameId id, int content) {
    return Integer.valueOf(content).equals(committed.get(id));
  }

  /** Numbers under which several contents came. */
  int conflicts() {
    return contested.size();
  }

  /** Takes a frame, and answers as all copies will hear it. */
  Acknowledgement take(FrameHeader frame) {
    FrameId id = frame.id();
    committed.putIfAbsent(id, frame.identity());
    boolean conflicting = !has(id, frame.identity());
    if (conflicting) {
      contested.add(id);
    }
    return answer(id, conflicting);
  }

  /** Names all that is settled around the frame, as one range where it can. */
  private Acknowledgement answer(FrameId about, boolean conflicting) {
    List<VerdictRange> ranges = new ArrayList<>();
    for (long number = 1; committed.containsKey(of(about, number)); number++) {
      FrameId id = of(about, number);
      if (!contested.contains(id) || (id.equals(about) && !conflicting)) {
        ranges.add(new VerdictRange(number, number, Verdict.COMMITTED, ""));
      }
    }
    if (conflicting) {
      int content = Objects.requireNonNull(committed.get(about));
      ranges.add(VerdictRange.conflict(about.number(), content));
    }
    LaneVerdicts lane = new LaneVerdicts(about.lane(), ranges);
    IncarnationVerdicts verdicts = new IncarnationVerdicts(about.incarnation(), List.of(lane));
    return new Acknowledgement(false, "1/1", START_MICROS, 1 << 20, 1, List.of(verdicts));
  }

  private static FrameId of(FrameId like, long number) {
    return new FrameId(like.incarnation(), like.lane(), number);
  }
}
