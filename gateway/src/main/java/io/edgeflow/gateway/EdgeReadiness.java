package io.edgeflow.gateway;

import io.edgeflow.gateway.journal.JournalHealth;
import io.edgeflow.gateway.recorder.Recorder;
import java.util.ArrayList;
import java.util.List;

/** The gateway is ready when it can take and journal readings, link or no link. */
record EdgeReadiness(Recorder recorder) {
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    switch (recorder.journalHealth()) {
      case JournalHealth.Ok ok -> {}
      case JournalHealth.Stalled stalled -> missing.add("the disk does not finish a sync");
      case JournalHealth.Failing failing ->
          missing.add("the journal cannot be synced: " + failing.error());
    }
    if (!recorder.hasRoom()) {
      missing.add("no room: buffer.maxBytes or buffer.freeSpaceFloor is reached");
    }
    return missing;
  }
}
