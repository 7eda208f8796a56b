package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.ByteRange;
import io.edgeflow.gateway.backlog.Contents;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.backlog.SealedFrame;
import io.edgeflow.gateway.backlog.Soundness;
import io.edgeflow.gateway.outbox.FramePlace;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.wire.frame.Decoded;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads every byte and every frame of sealed files. */
final class FileCheck {
  private final Backlog backlog;
  private final EdgeState state;
  private final Inspection.Progress progress;
  private final Consumer<Finding> findings;
  private long frames;

  FileCheck(
      Backlog backlog, EdgeState state, Inspection.Progress progress, Consumer<Finding> findings) {
    this.backlog = backlog;
    this.state = state;
    this.progress = progress;
    this.findings = findings;
  }

  /** Frames that were decoded. */
  long frames() {
    return frames;
  }

  void check(FileInfo file) throws IOException {
    Path path = backlog.file(file.id());
    progress.looking(path.toString());
    try {
      Contents contents = backlog.verify(file.id());
      if (contents.soundness() == Soundness.FOREIGN) {
        findings.accept(whole(path, file, "it belongs to another edge: nothing of it is used"));
      } else if (contents.soundness() == Soundness.DAMAGED) {
        damaged(path, file, contents);
      }
      decode(path, file, contents);
    } catch (IOException e) {
      findings.accept(whole(path, file, "it cannot be read now: " + e.getMessage()));
    }
  }

  private static Finding whole(Path path, FileInfo file, String trouble) {
    return new Finding(path, 0, file.bytes(), trouble, 0, List.of(), 0);
  }

  /** The lost frames stand with the first stretch: which of them it held, nobody can tell. */
  private void damaged(Path path, FileInfo file, Contents contents) throws IOException {
    List<SealedFrame> waiting =
        contents.missing().stream().filter(frame -> waitsIn(file, frame.id())).toList();
    List<FrameId> lost = new ArrayList<>(waiting.stream().map(SealedFrame::id).toList());
    contents.unaccounted().stream().filter(id -> waitsIn(file, id)).forEach(lost::add);
    long readings = waiting.stream().mapToLong(SealedFrame::readings).sum();
    List<ByteRange> stretches = backlog.damage(file.id());
    if (stretches.isEmpty()) {
      stretches = List.of(new ByteRange(0, file.bytes()));
    }
    String trouble = trouble(contents);
    for (ByteRange stretch : stretches) {
      findings.accept(new Finding(path, stretch.from(), stretch.to(), trouble, 0, lost, readings));
      lost = List.of();
      readings = 0;
      trouble = "as above";
    }
  }

  private static String trouble(Contents contents) {
    int missing = contents.missing().size() + contents.unaccounted().size();
    String frames =
        "%d of its frames are intact, %d are lost"
            .formatted(contents.file().frames().size(), missing);
    return contents.refused()
        ? "the disk refuses parts of it; as far as it can be read, " + frames
        : "it is not what was written: " + frames;
  }

  /** A frame that also lies elsewhere is not lost with this file. */
  private boolean waitsIn(FileInfo file, FrameId id) {
    OutgoingFrame frame = state.frames.knows(id) ? state.frames.pending(id) : null;
    return frame != null && frame.place().equals(new FramePlace.InFile(file.id()));
  }

  private void decode(Path path, FileInfo file, Contents contents) throws IOException {
    for (SealedFrame frame : contents.file().frames()) {
      frames++;
      if (FrameCodec.decode(backlog.read(file.id(), frame.id()))
          instanceof Decoded.Refused refused) {
        findings.accept(
            new Finding(
                path,
                0,
                file.bytes(),
                frame.id() + " cannot be decoded: " + refused,
                0,
                waitsIn(file, frame.id()) ? List.of(frame.id()) : List.of(),
                frame.readings()));
      }
    }
  }
}
