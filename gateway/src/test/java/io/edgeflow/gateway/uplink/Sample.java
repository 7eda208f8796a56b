package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.List;

/** Frames and acknowledgements to test with. */
public final class Sample {
  public static final Incarnation INCARNATION = new Incarnation(1, 2);
  public static final long CREDIT = 10_000;
  public static final String DATABASE = "7/1";

  private Sample() {}

  public static OutgoingFrame frame(Lane lane, long number, int bytes) {
    return new OutgoingFrame(
        new FrameId(INCARNATION, lane, number),
        new FramePlace.InSegment(new LogPosition(1, number, bytes)),
        bytes,
        60);
  }

  public static Acknowledgement answer(List<IncarnationVerdicts> verdicts) {
    return new Acknowledgement(true, DATABASE, 0, CREDIT, 1, verdicts);
  }

  public static Acknowledgement answer() {
    return answer(List.of(new IncarnationVerdicts(INCARNATION, List.of())));
  }

  public static Acknowledgement verdict(Lane lane, long from, long to, Verdict verdict) {
    return verdict(CREDIT, DATABASE, lane, from, to, verdict);
  }

  public static Acknowledgement verdict(
      long credit, String database, Lane lane, long from, long to, Verdict verdict) {
    return new Acknowledgement(false, database, 0, credit, 1, verdicts(lane, from, to, verdict));
  }

  static List<IncarnationVerdicts> verdicts(Lane lane, long from, long to, Verdict verdict) {
    VerdictRange range = new VerdictRange(from, to, verdict, "");
    return List.of(
        new IncarnationVerdicts(INCARNATION, List.of(new LaneVerdicts(lane, List.of(range)))));
  }
}
