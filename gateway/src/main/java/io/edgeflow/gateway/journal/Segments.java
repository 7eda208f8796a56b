package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments there are. Any thread. */
final class Segments {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final int ATTEMPTS = 2;

  private final Disk disk;
  private final Path directory;
  private final ConcurrentNavigableMap<Long, Segment> byId = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();

  /** The newest segment whose checkpoint is synced; what is older is not needed for recovery. */
  private volatile long checkpointSegment;

  /** Files whose header the disk could not read, which may pass. */
  private final Set<Long> unread;

  Segments(
      Disk disk,
      Path directory,
      Collection<Segment> recovered,
      Set<Long> unread,
      long checkpointSegment) {
    this.disk = disk;
    this.directory = directory;
    this.unread = Set.copyOf(unread);
    this.checkpointSegment = checkpointSegment;
    recovered.forEach(this::add);
  }

  void add(Segment segment) {
    byId.put(segment.id(), segment);
    bytes.addAndGet(segment.bytes());
  }

  /** What was written so far can be read. */
  void grown(long id, long size) {
    Segment segment = byId.get(id);
    if (segment != null) {
      bytes.addAndGet(size - segment.bytes());
      segment.grown(size);
    }
  }

  void close(long id) {
    Segment segment = byId.get(id);
    if (segment != null) {
      segment.close();
    }
  }

  void checkpointSynced(long id) {
    checkpointSegment = id;
  }

  List<SegmentInfo> list() {
    return byId.values().stream().map(this::info).toList();
  }

  private SegmentInfo info(Segment s) {
    return new SegmentInfo(s.id(), s.header().firstNumber(), s.bytes(), s.closed(), isRemovable(s));
  }

  private boolean isRemovable(Segment segment) {
    return segment.closed() && segment.id() < checkpointSegment;
  }

  /** What all files take together; does not ask the disk. */
  long bytes() {
    return bytes.get();
  }

  /** One at a time, so that each file is deleted and counted once. */
  synchronized boolean delete(long id) {
    Segment segment = byId.get(id);
    if (segment == null || !isRemovable(segment)) {
      return false;
    }
    try {
      disk.delete(segment.file());
      byId.remove(id);
      bytes.addAndGet(-segment.bytes());
      disk.syncDirectory(directory);
    } catch (IOException e) {
      LOG.warn("could not delete a segment: segment={} error={}", id, e.toString());
    }
    return !byId.containsKey(id);
  }

  /**
   * The payload of a record. Bytes that do not fit together are read a second time before they are
   * given up.
   *
   * @throws RecordLost if they are gone for certain
   */
  byte[] read(LogPosition position) throws IOException {
    Segment segment = byId.get(position.segment());
    if (segment == null) {
      throw absent(position.segment());
    }
    long end = position.offset() + RecordFormat.HEADER_BYTES + position.length();
    if (position.offset() < 0 || position.length() < 0 || end > segment.bytes()) {
      throw new RecordLost("nothing was written at " + position);
    }
    byte[] record = new byte[RecordFormat.HEADER_BYTES + position.length()];
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (fill(segment, position.offset(), record) && intact(record, segment.header().key())) {
        return Arrays.copyOfRange(record, RecordFormat.HEADER_BYTES, record.length);
      }
    }
    throw new RecordLost("the record at " + position + " is damaged");
  }

  /** Shows every record that is still valid, as far as the segment is synced. */
  void scan(long id, RecordVisitor visitor) throws IOException {
    Segment segment = byId.get(id);
    if (segment == null) {
      throw absent(id);
    }
    Map.Entry<Long, Segment> next = byId.higherEntry(id);
    long limit = next == null ? Long.MAX_VALUE : next.getValue().header().firstNumber();
    SegmentTour.run(disk, segment, limit, visitor);
  }

  /** Whether no later start will find this segment. */
  boolean isGone(long id) {
    return !byId.containsKey(id) && !unread.contains(id);
  }

  private IOException absent(long id) {
    return unread.contains(id)
        ? new IOException("segment " + id + " could not be read at the start")
        : new RecordLost("segment " + id + " is not there any more");
  }

  private static boolean intact(byte[] record, SegmentKey key) {
    int payload = record.length - RecordFormat.HEADER_BYTES;
    if (!RecordFormat.plausible(record, 0, payload) || RecordFormat.length(record, 0) != payload) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(record, RecordFormat.CRC_BYTES, record.length - RecordFormat.CRC_BYTES);
    return ((int) crc.getValue() ^ key.mask()) == RecordFormat.checksum(record, 0);
  }

  /** False if the file ends inside the record. */
  private boolean fill(Segment segment, long offset, byte[] to) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to);
    try (DiskFile file = disk.open(segment.file())) {
      while (buffer.hasRemaining()) {
        if (file.read(buffer, offset + buffer.position()) < 0) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      throw gone(segment, e);
    }
  }

  /**
   * A file may be out of sight because its whole directory is: a volume that is not mounted. Only
   * what is missing among what is there is gone.
   */
  private IOException gone(Segment segment, NoSuchFileException e) throws IOException {
    List<Path> there = disk.list(directory);
    boolean sight = there.contains(directory.resolve(SegmentFiles.EDGE));
    return sight && !there.contains(segment.file())
        ? new RecordLost("the file of segment " + segment.id() + " is gone")
        : e;
  }
}
