package io.edgeflow.gateway.scoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One small synced file for each slot: what was chosen for it. One thread. */
final class SlotChoices {
  private static final Logger log = LoggerFactory.getLogger(SlotChoices.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long LONGEST = 64 << 10;

  private final Path folder;

  SlotChoices(Path folder) {
    this.folder = folder;
  }

  /** Empty if nothing was chosen yet, or what is there cannot be read. */
  Optional<SlotChoice> read(String slot) {
    Path file = file(slot);
    try {
      if (!Files.exists(file) || Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      SlotChoice choice = MAPPER.readValue(Files.readAllBytes(file), SlotChoice.class);
      return choice.schema() == SlotChoice.SCHEMA ? Optional.of(choice) : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      log.warn(
          "What was chosen for slot {} cannot be read: the configuration counts", slot, damaged);
      return Optional.empty();
    }
  }

  /** On the disk when it returns: this, or as it was. */
  void write(String slot, SlotChoice choice) throws IOException {
    Files.createDirectories(folder);
    SyncedFiles.replace(file(slot), Json.bytes(choice));
  }

  private Path file(String slot) {
    return folder.resolve(slot + ".json");
  }
}
