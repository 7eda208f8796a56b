package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the pieces of frames in the bytes of a damaged file, without MapDB. Reads every byte about
 * once and at most three times, whatever they are; holds 160 KiB and about 200 bytes for each frame
 * that it finds. One thread.
 */
final class Salvage {
  private static final int WINDOW_BYTES = 1 << 17;

  private final DiskFile file;
  private final long fileId;
  private final long size;
  private final Map<FrameId, FoundFrame> frames = new HashMap<>();
  private final SalvageReader reader;

  /** How much may still be read a second time, behind pieces whose own bytes are damaged. */
  private long patience;

  private Salvage(DiskFile file, long fileId) throws IOException {
    this.file = file;
    this.fileId = fileId;
    this.size = file.size();
    this.patience = size;
    this.reader = new SalvageReader(file);
  }

  static Salvage scan(DiskFile file, long fileId) throws IOException {
    Salvage salvage = new Salvage(file, fileId);
    salvage.scan();
    return salvage;
  }

  /** Frames of which at least one head was found, whole or not. */
  Map<FrameId, FoundFrame> frames() {
    return frames;
  }

  /** Whether there were bytes that the disk refused: they may be there another time. */
  boolean refused() {
    return reader.refused();
  }

  private void scan() throws IOException {
    long at = 0;
    while (at < size) {
      byte[] window = reader.read(at, WINDOW_BYTES);
      long next = at + scan(window, at);
      if (next <= at) {
        return;
      }
      at = next;
    }
  }

  /** Returns how many bytes of the window need not be looked at again. */
  private long scan(byte[] window, long at) {
    int last = window.length - PieceHead.BYTES;
    for (int i = 0; i <= last; i++) {
      if (window[i] == (byte) (PieceHead.MAGIC >>> 56)) {
        Optional<PieceHead> head = PieceHead.parse(window, i).filter(h -> h.file() == fileId);
        if (head.isPresent()) {
          return i + found(head.get(), at + i + PieceHead.BYTES);
        }
      }
    }
    return at + window.length >= size ? window.length : Math.max(0, last + 1);
  }

  /** Returns how far to go on behind the beginning of the head. */
  private long found(PieceHead head, long at) {
    byte[] piece = reader.read(at, head.bytes());
    boolean intact = head.proves(piece, 0);
    FoundFrame frame = frames.computeIfAbsent(head.id(), id -> new FoundFrame(head.frameBytes()));
    if (intact) {
      frame.add(head, at);
    }
    boolean goBack = !intact && patience > head.bytes();
    patience -= goBack ? head.bytes() : 0;
    return PieceHead.BYTES + (goBack ? 0L : head.bytes());
  }

  /**
   * The bytes of a frame.
   *
   * @throws Damaged if they are not there as they were when the file was scanned
   */
  byte[] assemble(FrameId id) throws IOException {
    FoundFrame found = frames.get(id);
    if (found == null || !found.whole()) {
      throw new Damaged("the frame was not found");
    }
    byte[] frame = new byte[found.frameBytes()];
    for (int index = 0; index < PieceHead.count(frame.length); index++) {
      int from = index * PieceHead.MOST_BYTES;
      int length = Math.min(PieceHead.MOST_BYTES, frame.length - from);
      byte[] piece = Bytes.read(file, found.placeOf(index), length);
      System.arraycopy(piece, 0, frame, from, length);
    }
    return frame;
  }
}
