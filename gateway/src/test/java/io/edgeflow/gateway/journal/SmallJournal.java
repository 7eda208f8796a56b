package io.edgeflow.gateway.journal;

import static io.edgeflow.gateway.journal.Journals.appendSynced;
import static io.edgeflow.gateway.journal.Journals.settings;

import io.edgeflow.gateway.disk.ForgetfulDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A journal of a few records in memory, to be damaged: which records it has, and where they lie.
 */
final class SmallJournal {
  static final Path DIRECTORY = Path.of("/journal");

  final ForgetfulDisk disk = new ForgetfulDisk();
  final SortedMap<Long, String> texts = new TreeMap<>();
  final SortedMap<Long, LogPosition> positions = new TreeMap<>();

  void appendAll(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      String text = "record " + (journal.lastNumber() + 1);
      LogPosition position = appendSynced(journal, text);
      texts.put(journal.lastNumber(), text);
      positions.put(journal.lastNumber(), position);
    }
  }

  /**
   * Three segments: two begun at starts, the last one by a roll whose checkpoint is "6". Cleanly
   * stopped.
   */
  List<Path> threeSegments() throws IOException {
    try (Journal journal = open()) {
      appendAll(journal, 3);
    }
    try (Journal journal = open()) {
      appendAll(journal, 3);
      journal.roll("6".getBytes(StandardCharsets.UTF_8));
      appendAll(journal, 4);
    }
    return segmentFiles();
  }

  List<Path> segmentFiles() throws IOException {
    return disk.list(DIRECTORY).stream()
        .filter(file -> SegmentFiles.segmentId(file).isPresent())
        .sorted()
        .toList();
  }

  Journal open() throws IOException {
    return Journal.open(settings(DIRECTORY), disk, new RecordingReplay());
  }
}
