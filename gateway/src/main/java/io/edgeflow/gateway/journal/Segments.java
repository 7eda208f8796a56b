package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segments there are. Any thread. */
final class Segments {
  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

  private final Disk disk;
  private final Path directory;
  private final ConcurrentNavigableMap<Long, Segment> byId = new ConcurrentSkipListMap<>();

  /** The newest segment whose checkpoint is synced; what is older is not needed for recovery. */
  private volatile long checkpointSegment;

  Segments(Disk disk, Path directory, Collection<Segment> recovered, long checkpointSegment) {
    this.disk = disk;
    this.directory = directory;
    this.checkpointSegment = checkpointSegment;
    recovered.forEach(this::add);
  }

  void add(Segment segment) {
    byId.put(segment.id(), segment);
  }

  /** What was written so far can be read. */
  void grown(long id, long bytes) {
    Segment segment = byId.get(id);
    if (segment != null) {
      segment.grown(bytes);
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
    return new SegmentInfo(
        s.id(), s.header().firstNumber(), s.bytes(), s.closed(), modifiedMicros(s));
  }

  private long modifiedMicros(Segment segment) {
    try {
      return disk.modifiedMicros(segment.file());
    } catch (IOException deletedMeanwhile) {
      return 0;
    }
  }

  /** One at a time, so that each file is deleted and counted once. */
  synchronized boolean delete(long id) {
    Segment segment = byId.get(id);
    if (segment == null || !segment.closed() || id >= checkpointSegment) {
      return false;
    }
    try {
      disk.delete(segment.file());
      byId.remove(id);
      disk.syncDirectory(directory);
    } catch (IOException e) {
      LOG.warn("could not delete a segment: segment={} error={}", id, e.toString());
    }
    return !byId.containsKey(id);
  }

  byte[] read(LogPosition position) throws IOException {
    Segment segment = byId.get(position.segment());
    if (segment == null) {
      throw new IOException("segment " + position.segment() + " is not there any more");
    }
    long end = position.offset() + RecordFormat.HEADER_BYTES + position.length();
    if (position.offset() < 0 || position.length() < 0 || end > segment.bytes()) {
      throw new IOException("nothing was written at " + position);
    }
    byte[] record = new byte[RecordFormat.HEADER_BYTES + position.length()];
    try (DiskFile file = disk.open(segment.file())) {
      fill(file, position.offset(), record);
    }
    if (!intact(record, segment.header().key())) {
      throw new IOException("the record at " + position + " is damaged");
    }
    return Arrays.copyOfRange(record, RecordFormat.HEADER_BYTES, record.length);
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

  private static void fill(DiskFile file, long offset, byte[] to) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(to);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("the file ends at " + (offset + buffer.position()));
      }
    }
  }
}
