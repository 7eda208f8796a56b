package io.edgeflow.gateway.journal;

import java.nio.file.Path;

/** A segment that can be read. Written by the syncing thread, read by any. */
final class Segment {
  private final SegmentHeader header;
  private final Path file;
  private volatile long bytes;
  private volatile boolean closed;

  Segment(SegmentHeader header, Path file, long bytes, boolean closed) {
    this.header = header;
    this.file = file;
    this.bytes = bytes;
    this.closed = closed;
  }

  long id() {
    return header.key().id();
  }

  SegmentHeader header() {
    return header;
  }

  Path file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  boolean closed() {
    return closed;
  }

  void grown(long newBytes) {
    bytes = newBytes;
  }

  void close() {
    closed = true;
  }
}
