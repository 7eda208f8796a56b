package io.edgeflow.gateway.buffer;

import static io.edgeflow.gateway.buffer.StatText.n;

import io.edgeflow.gateway.recorder.Finding;
import io.edgeflow.gateway.recorder.Inspection;
import io.edgeflow.wire.frame.FrameId;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a data directory. */
record VerifyDocument(
    String edge,
    boolean intact,
    int segments,
    long journalBytes,
    long records,
    long readings,
    int sealedFiles,
    long backlogBytes,
    long frames,
    long tornBytes,
    List<Damage> damage) {

  /**
   * @param waitingFrames frames without a verdict that cannot be read
   */
  record Damage(
      String file,
      long fromByte,
      long toByte,
      String trouble,
      long recordsMissing,
      List<Frame> waitingFrames,
      long waitingReadings) {}

  record Frame(String incarnation, String lane, long number) {
    static Frame of(FrameId id) {
      return new Frame(id.incarnation().toString(), id.lane().word(), id.number());
    }

    @Override
    public String toString() {
      return "%s %d of %s".formatted(lane, number, incarnation);
    }
  }

  /** So many are named one by one; the JSON names all. */
  private static final int NAMED = 8;

  static VerifyDocument of(String edge, Inspection found) {
    return new VerifyDocument(
        edge,
        found.findings().isEmpty(),
        found.segments(),
        found.journalBytes(),
        found.records(),
        found.readings(),
        found.files(),
        found.backlogBytes(),
        found.frames(),
        found.tornBytes(),
        found.findings().stream().map(VerifyDocument::damage).toList());
  }

  private static Damage damage(Finding finding) {
    return new Damage(
        finding.file().toString(),
        finding.fromByte(),
        finding.toByte(),
        finding.trouble(),
        finding.recordsMissing(),
        finding.waiting().stream().map(Frame::of).toList(),
        finding.waitingReadings());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "read %s records with %s readings in %s segments, %s sealed files, and %s frames in them"
            .formatted(n(records), n(readings), n(segments), n(sealedFiles), n(frames)));
    if (tornBytes > 0) {
      lines.add(
          "the journal's end is torn: %d bytes. A crash leaves that; readings in them may have been"
                  .formatted(tornBytes)
              + " acknowledged only if the disk lost what it had synced");
    }
    damage.forEach(one -> add(lines, one));
    lines.add(intact ? "nothing is damaged" : "%d places are damaged".formatted(damage.size()));
    return String.join(System.lineSeparator(), lines);
  }

  private static void add(List<String> lines, Damage one) {
    lines.add("%s, bytes %d to %d: %s".formatted(one.file, one.fromByte, one.toByte, one.trouble));
    if (one.recordsMissing > 0) {
      lines.add("  records of the journal: " + one.recordsMissing);
    }
    if (!one.waitingFrames.isEmpty()) {
      lines.add(
          "  lost before the cloud had them: %d frames with %d readings"
              .formatted(one.waitingFrames.size(), one.waitingReadings));
      one.waitingFrames.stream().limit(NAMED).forEach(frame -> lines.add("    " + frame));
      if (one.waitingFrames.size() > NAMED) {
        lines.add("    and %d more; --json names all".formatted(one.waitingFrames.size() - NAMED));
      }
    }
  }
}
