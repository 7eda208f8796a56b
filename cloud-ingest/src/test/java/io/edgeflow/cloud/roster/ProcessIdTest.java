package io.edgeflow.cloud.roster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessIdTest {
  @TempDir Path home;

  @Test
  void isTheSameAtEachStartAndAnotherElsewhere() throws Exception {
    UUID first = idOf(home.resolve("a"));
    assertEquals(first, idOf(home.resolve("a")));
    assertNotEquals(first, idOf(home.resolve("b")));
  }

  @Test
  void hasItsDirectoryAlone() throws Exception {
    try (ProcessId running = ProcessId.open(home)) {
      IOException refused = assertThrows(IOException.class, () -> ProcessId.open(home));
      assertTrue(refused.toString().contains("owns"), refused.toString());
      assertEquals(4, running.id().version());
    }
    ProcessId.open(home).close();
  }

  @Test
  void startsAlsoWhereNothingCanBeKept() throws Exception {
    Path file = Files.createFile(home.resolve("file"));
    assertNotEquals(idOf(file), idOf(file));
    Files.writeString(home.resolve("process-id"), "torn");
    assertEquals(idOf(home), idOf(home));
  }

  private static UUID idOf(Path directory) throws IOException {
    try (ProcessId process = ProcessId.open(directory)) {
      return process.id();
    }
  }
}
