package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.backlog.FileInfo;
import io.edgeflow.gateway.disk.Disk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What lies on the disk, as the disk tells it.
 *
 * @param setAsideBytes what damaged bytes take that were kept for inspection
 * @param usableBytes 0 if the disk does not say: what cannot be asked cannot be written to either
 */
record SpaceSurvey(
    List<SegmentInfo> segments, List<FileInfo> files, long setAsideBytes, long usableBytes) {

  /** Blocks for the disk. */
  static SpaceSurvey take(Journal journal, Backlog backlog, Disk disk, Path directory) {
    backlog.closeIdle();
    backlog.measure();
    return new SpaceSurvey(
        journal.segments(),
        backlog.files(),
        setAsideBytes(journal, backlog),
        usable(disk, directory));
  }

  /** Never blocks. */
  static long setAsideBytes(Journal journal, Backlog backlog) {
    return journal.setAsideBytes() + backlog.setAsideBytes();
  }

  static long usable(Disk disk, Path directory) {
    try {
      return disk.usableSpace(directory);
    } catch (IOException e) {
      return 0;
    }
  }
}
