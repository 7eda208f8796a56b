package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Damage;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.journal.Replay;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import java.util.List;
import java.util.function.Consumer;

/** Decodes every record of a journal, whether a start would need it or not. */
final class RecordCheck implements Replay {
  private final StoppedJournal journal;
  private final Inspection.Progress progress;
  private final Consumer<Finding> findings;
  private final Consumer<Damage> damages;
  private long records;
  private long readings;
  private long frames;
  private long tornBytes;
  private long segment;

  RecordCheck(
      StoppedJournal journal,
      Inspection.Progress progress,
      Consumer<Finding> findings,
      Consumer<Damage> damages) {
    this.journal = journal;
    this.progress = progress;
    this.findings = findings;
    this.damages = damages;
  }

  @Override
  public void checkpoint(byte[] checkpoint) {
    throw new IllegalStateException("everything is read, so no checkpoint stands for records");
  }

  @Override
  public void record(long number, int type, byte[] payload, LogPosition position) {
    if (position.segment() != segment) {
      segment = position.segment();
      progress.looking(journal.file(segment).toString());
    }
    records++;
    try {
      check(RecordType.ofCode(type), payload, position);
    } catch (RuntimeException e) {
      // The checksum is right, so this was written so: by a newer version, or by a fault of ours.
      found(position, "a record cannot be understood: " + e.getMessage());
    }
  }

  private void check(RecordType type, byte[] payload, LogPosition position) {
    if (AlarmedMessage.isMessage(type.code())) {
      MessageRecord.read(AlarmedMessage.message(type.code(), payload), reading -> readings++);
    } else if (StoredFrames.isFrame(type.code())) {
      frames++;
      if (FrameCodec.decode(payload) instanceof Decoded.Refused refused) {
        found(position, "a frame cannot be decoded: " + refused);
      }
    }
  }

  private void found(LogPosition position, String trouble) {
    findings.accept(
        new Finding(
            journal.file(position.segment()),
            position.offset(),
            position.offset() + position.length(),
            trouble,
            1,
            List.of(),
            0));
  }

  @Override
  public void damage(Damage damage) {
    damages.accept(damage);
  }

  @Override
  public void tornTail(long bytes, boolean possiblyAcknowledged) {
    tornBytes = bytes;
  }

  long records() {
    return records;
  }

  long readings() {
    return readings;
  }

  long frames() {
    return frames;
  }

  long tornBytes() {
    return tornBytes;
  }
}
