package io.edgeflow.gateway.journal;

import io.edgeflow.gateway.disk.Disk;
import java.io.IOException;

/** Shows the records of one segment, while others append, read and delete. */
final class SegmentTour {
  private SegmentTour() {}

  /**
   * @param limit the number from which on later segments hold the truth (J3)
   * @throws IOException if the file is not there any more or cannot be opened
   */
  static void run(Disk disk, Segment segment, long limit, RecordVisitor visitor)
      throws IOException {
    long end = segment.bytes();
    try (SegmentScanner in =
        new SegmentScanner(disk.open(segment.file()), segment.header().key())) {
      long at = SegmentHeader.BYTES;
      for (SegmentScanner.Entry e = in.next(at);
          e != null && e.end() <= end && e.number() < limit;
          e = in.next(e.end())) {
        boolean owners = e.type() <= RecordFormat.MAX_TYPE;
        if (owners && !visitor.record(e.number(), e.type(), in.payload(e), e.offset())) {
          return;
        }
      }
    }
  }
}
