package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.wire.frame.FrameId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open for reading. MapDB reads it as long as every page that it touches is proven;
 * where one is not, the pieces are searched for. Not thread-safe.
 */
final class OpenFile implements Closeable {
  private final DiskFile file;
  private final FileInfo info;
  private final String edge;
  private final Optional<Catalogue> catalogue;

  /** Absent where the file is not sound enough for MapDB. */
  private @Nullable PieceMap map;

  private @Nullable ReadingVolume volume;

  /** Present once the pieces had to be searched for. */
  private @Nullable Salvage salvage;

  private OpenFile(DiskFile file, FileInfo info, String edge, Optional<Catalogue> catalogue) {
    this.file = file;
    this.info = info;
    this.edge = edge;
    this.catalogue = catalogue;
  }

  /**
   * @throws IOException if the disk refuses; never for damage
   */
  static OpenFile open(Disk disk, Path path, FileInfo info, String edge) throws IOException {
    DiskFile file = disk.open(path);
    boolean opened = false;
    try {
      Outline outline = Outline.read(file);
      Optional<Catalogue> catalogue =
          outline.catalogue().filter(c -> c.id() == info.id() && c.lane() == info.lane());
      OpenFile open = new OpenFile(file, info, edge, catalogue);
      if (catalogue.isPresent() && !open.foreign()) {
        open.letMapDbRead(outline.trailer());
      }
      opened = true;
      return open;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private void letMapDbRead(Optional<Trailer> trailer) throws IOException {
    if (trailer.isEmpty() || trailer.get().id() != info.id()) {
      return;
    }
    try {
      ReadingVolume proven = ReadingVolume.open(file, trailer.get());
      map = PieceMap.open(proven);
      volume = proven;
    } catch (Damaged e) {
      map = null;
    }
  }

  private boolean foreign() {
    return catalogue.isPresent() && !catalogue.get().edge().equals(edge);
  }

  /**
   * The frame, checked against its own checksum, name and edge.
   *
   * @throws FrameLost if it is not in the file, or not intact
   */
  byte[] frame(FrameId id) throws IOException {
    if (foreign()) {
      throw new FrameLost("file " + info.id() + " belongs to another edge");
    }
    if (map == null) {
      return searched(id);
    }
    try {
      return checked(id, fromMap(map, id));
    } catch (FrameLost certain) {
      throw certain;
    } catch (IOException damagedOrRefused) {
      return searched(id);
    }
  }

  private static byte[] fromMap(PieceMap map, FrameId id) throws IOException {
    PieceHead first = null;
    byte[] frame = new byte[0];
    for (int index = 0; first == null || index < first.count(); index++) {
      byte[] piece = map.get(id, index);
      if (piece == null && first == null) {
        throw new FrameLost(id + " is not in this file");
      }
      PieceHead head = head(piece, id, index);
      if (first == null) {
        first = head;
        frame = new byte[head.frameBytes()];
      }
      if (head.frameBytes() != frame.length) {
        throw new Damaged("a piece of another frame");
      }
      System.arraycopy(piece, PieceHead.BYTES, frame, head.from(), head.bytes());
    }
    return frame;
  }

  private static PieceHead head(byte @Nullable [] piece, FrameId id, int index) throws Damaged {
    return Optional.ofNullable(piece)
        .flatMap(p -> PieceHead.parse(p, 0).filter(head -> head.proves(p, PieceHead.BYTES)))
        .filter(head -> head.id().equals(id) && head.index() == index)
        .orElseThrow(() -> new Damaged("a piece is damaged"));
  }

  private byte[] checked(FrameId id, byte[] frame) throws Damaged {
    if (FileWriter.sealed(edge, id, frame).isEmpty()) {
      throw new Damaged("this is not frame " + id + " of edge " + edge);
    }
    return frame;
  }

  private byte[] searched(FrameId id) throws IOException {
    Salvage found = salvage();
    try {
      return checked(id, found.assemble(id));
    } catch (Damaged e) {
      String text = id + " in file " + info.id() + ": " + e.getMessage();
      throw found.refused()
          ? new IOException(text + "; the disk refuses parts of the file", e)
          : new FrameLost(text);
    }
  }

  private Salvage salvage() throws IOException {
    if (salvage == null) {
      salvage = Salvage.scan(file, info.id());
    }
    return salvage;
  }

  /**
   * @param thorough whether every page is read, which else is proven when it is used
   */
  Contents contents(boolean thorough) throws IOException {
    if (foreign()) {
      return new Contents(holding(List.of()), Soundness.FOREIGN, List.of(), List.of(), false);
    }
    if (map != null && sound(thorough)) {
      return new Contents(
          holding(catalogue.orElseThrow().frames()), Soundness.SOUND, List.of(), List.of(), false);
    }
    return catalogue.isPresent() ? damaged(catalogue.get()) : nameless();
  }

  private boolean sound(boolean thorough) {
    try {
      if (thorough && volume != null) {
        volume.verify();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Contents damaged(Catalogue known) throws IOException {
    Salvage found = salvage();
    List<SealedFrame> whole = new ArrayList<>();
    List<SealedFrame> missing = new ArrayList<>();
    for (SealedFrame frame : known.frames()) {
      FoundFrame pieces = found.frames().get(frame.id());
      (pieces != null && pieces.whole() ? whole : missing).add(frame);
    }
    return new Contents(holding(whole), Soundness.DAMAGED, missing, List.of(), found.refused());
  }

  /** Both catalogues are gone: the frames that are left speak for themselves. */
  private Contents nameless() throws IOException {
    Salvage found = salvage();
    List<SealedFrame> whole = new ArrayList<>();
    List<FrameId> lost = new ArrayList<>();
    for (FrameId id : found.frames().keySet().stream().sorted(PieceMap::compare).toList()) {
      found(found, id).ifPresentOrElse(whole::add, () -> lost.add(id));
    }
    return new Contents(holding(whole), Soundness.DAMAGED, List.of(), lost, found.refused());
  }

  private Optional<SealedFrame> found(Salvage found, FrameId id) throws IOException {
    try {
      return FileWriter.sealed(edge, id, found.assemble(id));
    } catch (Damaged e) {
      return Optional.empty();
    }
  }

  private BacklogFile holding(List<SealedFrame> frames) {
    return new BacklogFile(info.id(), info.lane(), info.bytes(), frames);
  }

  /**
   * Whether it holds exactly these frames, read as anybody would read them.
   *
   * @throws Damaged if not
   */
  void proveWritten(List<FileWriter.Written> written) throws IOException {
    Contents contents = contents(true);
    boolean complete =
        contents.soundness() == Soundness.SOUND
            && contents.file().frames().equals(written.stream().map(w -> w.frame()).toList());
    if (!complete || map == null) {
      throw new Damaged("a file that was just written reads back differently");
    }
    for (FileWriter.Written frame : written) {
      byte[] bytes = checked(frame.frame().id(), fromMap(map, frame.frame().id()));
      if (Bytes.checksum(bytes) != frame.checksum()) {
        throw new Damaged("a frame that was just written reads back differently");
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (map != null) {
        map.close();
      }
    } finally {
      file.close();
    }
  }
}
