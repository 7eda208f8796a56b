package io.edgeflow.gateway.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.http.Json;
import io.edgeflow.wire.document.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small file: a line with the SHA-256 of the rest, then the state. It is replaced as a whole,
 * so a power cut leaves the old one or the new one. What is damaged all the same counts as nothing:
 * the cloud says again what is to run and gives back what was refused (R3), and which model serves
 * is kept elsewhere.
 */
final class FileJournal implements Journal {
  private static final Logger log = LoggerFactory.getLogger(FileJournal.class);
  private static final long LONGEST = 4 << 20;
  private static final ObjectMapper MAPPER =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  private final Path file;

  FileJournal(Path folder) {
    this.file = folder.resolve("journal");
  }

  @Override
  public AgentState read() {
    try {
      if (!Files.exists(file)) {
        return AgentState.EMPTY;
      }
      if (Files.size(file) > LONGEST) {
        return damaged("it is too long");
      }
      return parse(Files.readString(file, UTF_8));
    } catch (IOException | RuntimeException unreadable) {
      return damaged(unreadable.toString());
    }
  }

  private AgentState parse(String text) throws IOException {
    int end = text.indexOf('\n');
    String state = text.substring(end + 1);
    if (end < 0 || !Digests.of(state).equals(text.substring(0, end))) {
      return damaged("its sum is wrong");
    }
    AgentState read = MAPPER.readValue(state, AgentState.class);
    return read.schema() == AgentState.SCHEMA ? read : damaged("it is of another schema");
  }

  private AgentState damaged(String why) {
    log.warn("What was noted of rollouts is damaged and put aside: {}", why);
    try {
      Files.move(file, file.resolveSibling("journal.damaged"), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException stays) {
      log.warn("It stays where it is", stays);
    }
    return AgentState.EMPTY;
  }

  @Override
  public void write(AgentState state) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    String text = Json.text(state);
    SyncedFiles.replace(file, (Digests.of(text) + "\n" + text).getBytes(UTF_8));
  }
}
