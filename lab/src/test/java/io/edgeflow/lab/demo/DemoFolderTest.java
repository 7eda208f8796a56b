package io.edgeflow.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoFolderTest {
  @TempDir private Path data;

  @Test
  void startsAfreshUnlessToldToKeep() throws Exception {
    try (var first = DemoFolder.open(data, false)) {
      Files.createDirectories(first.resolve("gateway/journal"));
      Files.writeString(first.resolve("gateway/journal/1"), "records");
    }
    try (var kept = DemoFolder.open(data, true)) {
      assertTrue(Files.exists(kept.resolve("gateway/journal/1")));
    }
    try (var fresh = DemoFolder.open(data, false)) {
      assertFalse(Files.exists(fresh.resolve("gateway")));
    }
  }

  @Test
  void leavesARunningDemoItsFolder() throws Exception {
    try (var first = DemoFolder.open(data, false)) {
      Files.writeString(first.resolve("mine"), "");
      try (var second = DemoFolder.open(data, false)) {
        assertEquals(data.resolve("demo-2").toString(), second.toString());
        assertTrue(Files.exists(first.resolve("mine")));
      }
    }
  }

  @Test
  void deletesNothingThatIsNoDemos() throws Exception {
    Files.createDirectories(data.resolve("demo"));
    Files.writeString(data.resolve("demo/thesis.txt"), "years of work");

    assertThrows(IOException.class, () -> DemoFolder.open(data, false));
    assertTrue(Files.exists(data.resolve("demo/thesis.txt")));
  }
}
