package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes one file: catalogue, MapDB's pages, page table, catalogue, trailer. Room for the first
 * catalogue is left and filled at the end, when it is known which frames could be read. One thread.
 */
final class FileWriter {
  private final DiskFile file;
  private final String edge;
  private final long id;
  private final Lane lane;
  private final int frontBytes;
  private final List<Written> written = new ArrayList<>();
  private final List<FrameId> unreadable = new ArrayList<>();

  /**
   * @param most how many frames there may be
   */
  FileWriter(DiskFile file, String edge, long id, Lane lane, int most) {
    this.file = file;
    this.edge = edge;
    this.id = id;
    this.lane = lane;
    this.frontBytes = Catalogue.bytes(edge, most);
  }

  /** A frame that is in the file, and the checksum to recognise it by. */
  record Written(SealedFrame frame, int checksum) {}

  List<Written> written() {
    return written;
  }

  List<FrameId> unreadable() {
    return unreadable;
  }

  /**
   * @param sorted as {@link PieceMap#compare} says
   */
  void write(List<FrameId> sorted, FrameSource source) throws IOException {
    WritingVolume volume = new WritingVolume(file, frontBytes);
    try {
      PieceMap.Sink sink = PieceMap.Sink.create(volume);
      for (FrameId frame : sorted) {
        write(frame, source, sink);
      }
      sink.finish();
      finish(volume.finish(), volume.table());
    } finally {
      volume.close();
    }
  }

  private void write(FrameId frame, FrameSource source, PieceMap.Sink sink) throws IOException {
    Optional<byte[]> bytes = bytes(frame, source);
    Optional<SealedFrame> sealed = bytes.flatMap(b -> sealed(edge, frame, b));
    if (sealed.isEmpty()) {
      unreadable.add(frame);
      return;
    }
    byte[] intact = bytes.orElseThrow();
    for (int index = 0; index < PieceHead.count(intact.length); index++) {
      sink.put(frame, index, PieceHead.piece(id, frame, index, intact));
    }
    written.add(new Written(sealed.get(), Bytes.checksum(intact)));
  }

  private static Optional<byte[]> bytes(FrameId frame, FrameSource source) {
    try {
      return Optional.of(source.read(frame));
    } catch (IOException namedInTheResult) {
      return Optional.empty();
    }
  }

  /** What the frame tells about itself; empty if these bytes are not this frame of this edge. */
  static Optional<SealedFrame> sealed(String edge, FrameId id, byte[] bytes) {
    Optional<FrameHeader> header = FrameCodec.header(bytes);
    return header
        .filter(h -> h.edge().equals(edge) && h.id().equals(id))
        .map(
            h ->
                new SealedFrame(
                    id, h.createdMicros(), bytes.length, h.readings(), h.runningTotal()));
  }

  private void finish(WritingVolume.Pages pages, byte[] table) throws IOException {
    byte[] catalogue = catalogue().encode();
    Trailer trailer =
        new Trailer(
            id,
            frontBytes,
            pages.data(),
            pages.head(),
            pages.logicalBytes(),
            catalogue.length,
            Bytes.checksum(table));
    Bytes.write(file, 0, catalogue);
    Bytes.write(file, trailer.tableAt(), table);
    Bytes.write(file, trailer.catalogueAt(), catalogue);
    Bytes.write(file, trailer.fileBytes() - Trailer.BYTES, trailer.encode());
  }

  Catalogue catalogue() {
    return new Catalogue(edge, id, lane, written.stream().map(Written::frame).toList());
  }
}
