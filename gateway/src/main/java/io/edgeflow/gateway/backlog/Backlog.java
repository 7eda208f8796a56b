package io.edgeflow.gateway.backlog;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sealed files of one edge (J8). What it promises:
 *
 * <ul>
 *   <li>A file is there whole or not at all: it is written under another name, synced, read back
 *       through MapDB frame by frame, renamed, and the directory synced. It is never written again.
 *   <li>A file describes itself, so it can be adopted whatever else was lost. Nothing of a file of
 *       another edge is used.
 *   <li>Damage costs the frames whose bytes it touched and no other, wherever in the file it is:
 *       where MapDB's pages are not what was written, MapDB never sees them, and the frames are
 *       searched for in the bytes. What is lost is named as far as the file can tell.
 *   <li>Whatever the files hold, nothing but {@link IOException} is thrown for it, nothing loops
 *       and nothing is allocated beyond the bounds below.
 *   <li>Files of other names are left alone, also in the folder of damaged ones.
 * </ul>
 *
 * <p>Memory: sealing takes about 5 MiB and 150 bytes for each frame, one at a time. At most 4 files
 * are open for reading, each with 256 KiB and 4 bytes for every 16 KiB of the file; a damaged one
 * besides with about 200 bytes for each of its frames.
 *
 * <p>Every method but {@link #files}, {@link #bytes} and {@link #setAsideBytes} blocks for the
 * disk: never on the owner thread. Thread-safe; reading goes on while a file is sealed. No threads
 * of its own.
 */
public final class Backlog implements AutoCloseable {
  /** The most frames that one file takes. */
  public static final int MAX_FRAMES = 1 << 16;

  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);

  private final Disk disk;
  private final Path directory;
  private final String edge;
  private final FileIds ids;
  private final SetAside damaged;
  private final ConcurrentNavigableMap<Long, FileInfo> files = new ConcurrentSkipListMap<>();

  /** Guards {@link #open}, and that nothing is deleted which is being read. */
  private final Object reading = new Object();

  private final OpenFiles open;

  /** Held while a file is sealed; taken before {@link #reading}. */
  private final Object sealing = new Object();

  private Backlog(Disk disk, Path directory, String edge, FileIds ids, LongSupplier nanos) {
    this.disk = disk;
    this.directory = directory;
    this.edge = edge;
    this.ids = ids;
    this.damaged = new SetAside(disk, directory);
    this.open = new OpenFiles(i -> OpenFile.open(disk, path(i), i, edge), nanos);
  }

  /**
   * Makes the directory, deletes what was left incomplete; reads nothing else but names and sizes.
   *
   * @throws IOException if the directory cannot be made, synced or listed; no content keeps it from
   *     opening
   */
  public static Backlog open(Disk disk, Path directory, String edge) throws IOException {
    return open(disk, directory, edge, System::nanoTime);
  }

  static Backlog open(Disk disk, Path directory, String edge, LongSupplier nanos)
      throws IOException {
    disk.createDirectories(directory);
    // What a killed process gave its name to just before is seen, and may not be there for good.
    disk.syncDirectory(directory);
    Backlog backlog = new Backlog(disk, directory, edge, new FileIds(), nanos);
    for (Path file : disk.list(directory)) {
      FileNames.id(file).ifPresent(backlog.ids::taken);
      Optional<FileNames.Named> named = FileNames.named(file);
      if (named.isPresent()) {
        backlog.add(named.get(), file);
      }
    }
    backlog.damaged.files().forEach(file -> FileNames.id(file).ifPresent(backlog.ids::taken));
    backlog.damaged.measure();
    backlog.sweep();
    return backlog;
  }

  private void add(FileNames.Named named, Path path) {
    files.put(named.id(), new FileInfo(named.id(), named.lane(), 0));
    try {
      files.put(named.id(), new FileInfo(named.id(), named.lane(), disk.size(path)));
    } catch (IOException e) {
      LOG.warn("the size of a sealed file is unknown: file={} error={}", path, e.toString());
    }
  }

  /** Asks once more for sizes that the disk did not tell: these files take room, too. */
  public void measure() {
    synchronized (reading) {
      for (FileInfo info : files.values()) {
        if (info.bytes() == 0) {
          add(new FileNames.Named(info.id(), info.lane()), path(info));
        }
      }
    }
  }

  /** Deletes files that were left incomplete, as far as the disk lets it. */
  private void sweep() {
    try {
      for (Path file : disk.list(directory)) {
        if (FileNames.isTemporary(file)) {
          disk.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("an incomplete file stays for now: directory={} error={}", directory, "" + e);
    }
  }

  /** The files that are there, oldest first. Never blocks. */
  public List<FileInfo> files() {
    return List.copyOf(files.values());
  }

  /** The sizes of all files together. Never blocks. */
  public long bytes() {
    return files.values().stream().mapToLong(FileInfo::bytes).sum();
  }

  /** What damaged files take that were set aside for inspection. Never blocks. */
  public long setAsideBytes() {
    return damaged.bytes();
  }

  /**
   * What a file says that it holds: its own catalogue. If its ends are damaged, what was found by
   * reading it through. Pages are proven when they are used; {@link #verify} proves all.
   *
   * @throws IOException if the disk refuses: another time it may answer. Never for damage
   * @throws FrameLost if there is no such file
   */
  public Contents contents(long file) throws IOException {
    return use(file, open -> open.contents(false));
  }

  /** As {@link #contents}, after reading every byte of it. */
  public Contents verify(long file) throws IOException {
    return use(file, open -> open.contents(true));
  }

  /**
   * Where the bytes of a damaged file are not what was written, as far as it can tell; reads every
   * byte.
   */
  public List<ByteRange> damage(long file) throws IOException {
    synchronized (reading) {
      try (DiskFile opened = disk.open(path(info(file)))) {
        return DamagedStretches.find(opened);
      }
    }
  }

  /** Where a file lies. */
  public Path file(long file) throws IOException {
    return path(info(file));
  }

  /**
   * The bytes of a frame, checked against its own checksum, name and edge.
   *
   * @throws FrameLost if it is certain that the file does not hold it intact
   * @throws IOException if the disk refuses: another time it may answer
   */
  public byte[] read(long file, FrameId id) throws IOException {
    return use(file, open -> open.frame(id));
  }

  private <T> T use(long file, OpenFiles.Use<T> use) throws IOException {
    synchronized (reading) {
      return open.use(info(file), use);
    }
  }

  private FileInfo info(long file) throws FrameLost {
    FileInfo info = files.get(file);
    if (info == null) {
      throw new FrameLost("there is no sealed file " + file);
    }
    return info;
  }

  /**
   * Writes frames of one lane into a new file. A frame whose bytes cannot be read is left out and
   * named in the result; what is to become of it, the caller decides.
   *
   * @param frames in any order; each is taken once
   * @throws IllegalArgumentException for more than {@link #MAX_FRAMES}, or another lane
   * @throws IOException if the disk refuses; nothing is left then but perhaps an incomplete file,
   *     which goes with the next call, or a complete one that nobody asked for ({@link #files})
   */
  public Sealed seal(Lane lane, List<FrameId> frames, FrameSource source) throws IOException {
    List<FrameId> sorted = frames.stream().distinct().sorted(PieceMap::compare).toList();
    if (sorted.size() > MAX_FRAMES || sorted.stream().anyMatch(id -> id.lane() != lane)) {
      throw new IllegalArgumentException("not up to " + MAX_FRAMES + " frames of one lane");
    }
    if (sorted.isEmpty()) {
      return new Sealed(null, List.of());
    }
    synchronized (sealing) {
      sweep();
      Path file = FileNames.file(directory, ids.next(), lane);
      return seal(FileNames.named(file).orElseThrow(), file, sorted, source);
    }
  }

  private Sealed seal(FileNames.Named named, Path file, List<FrameId> sorted, FrameSource source)
      throws IOException {
    Path temporary = FileNames.temporary(file);
    boolean complete = false;
    try {
      FileWriter writer = write(temporary, named, sorted, source);
      if (writer.written().isEmpty()) {
        return new Sealed(null, writer.unreadable());
      }
      FileInfo info = prove(temporary, named, writer);
      publish(temporary, file, info);
      complete = true;
      return new Sealed(
          new BacklogFile(info.id(), info.lane(), info.bytes(), writer.catalogue().frames()),
          writer.unreadable());
    } finally {
      if (!complete) {
        sweep();
      }
    }
  }

  private FileWriter write(
      Path temporary, FileNames.Named named, List<FrameId> sorted, FrameSource source)
      throws IOException {
    try (DiskFile out = disk.create(temporary)) {
      FileWriter writer = new FileWriter(out, edge, named.id(), named.lane(), sorted.size());
      writer.write(sorted, source);
      out.force();
      return writer;
    }
  }

  private FileInfo prove(Path temporary, FileNames.Named named, FileWriter writer)
      throws IOException {
    long size;
    try (DiskFile file = disk.open(temporary)) {
      size = file.size();
    }
    FileInfo info = new FileInfo(named.id(), named.lane(), size);
    try (OpenFile written = OpenFile.open(disk, temporary, info, edge)) {
      written.proveWritten(writer.written());
    }
    return info;
  }

  /** A name that was not synced is taken back, else the file would be there a second time. */
  private void publish(Path temporary, Path file, FileInfo info) throws IOException {
    disk.rename(temporary, file);
    files.put(info.id(), info);
    try {
      disk.syncDirectory(directory);
    } catch (IOException e) {
      try {
        delete(info.id());
      } catch (IOException stays) {
        e.addSuppressed(stays);
      }
      throw e;
    }
  }

  /**
   * Deletes a file, durably.
   *
   * @throws IOException if the disk refuses; it may be gone all the same
   */
  public void delete(long file) throws IOException {
    synchronized (reading) {
      FileInfo info = files.get(file);
      if (info != null) {
        open.close(file);
        disk.delete(path(info));
        files.remove(file);
      }
    }
    disk.syncDirectory(directory);
  }

  /**
   * Moves a damaged file out of the way, for inspection, when what is intact in it was sealed anew
   * and recorded. Old ones of those that were moved before may go for it.
   */
  public void setAside(long file) throws IOException {
    synchronized (reading) {
      FileInfo info = info(file);
      open.close(file);
      damaged.take(path(info), info.bytes());
      files.remove(file);
    }
  }

  private Path path(FileInfo info) {
    return FileNames.file(directory, info.id(), info.lane());
  }

  /** Closes files that nobody read for half a minute; every read does that, too. */
  public void closeIdle() {
    synchronized (reading) {
      open.closeIdle();
    }
  }

  int openFiles() {
    synchronized (reading) {
      return open.count();
    }
  }

  /** Closes what is open; it would be opened again by a read. */
  @Override
  public void close() {
    synchronized (reading) {
      open.closeAll();
    }
  }
}
