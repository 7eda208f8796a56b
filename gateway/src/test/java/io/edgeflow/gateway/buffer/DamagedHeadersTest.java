package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.buffer.CommandLines.Said;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow buffer} on a journal of whose segments no header can be read. */
@Timeout(60)
final class DamagedHeadersTest {
  /** Both copies of a header and the gap between them. */
  private static final int HEADER_BYTES = 4096 + 512;

  @TempDir Path temp;

  @BeforeEach
  void damageEveryHeader() throws Exception {
    for (int start = 0; start < 2; start++) {
      try (RunningEdge edge = new RunningEdge(temp, false)) {
        edge.publish("pump-7/flow", "[1,2,3]");
        edge.seal();
      }
    }
    for (Path segment : segments()) {
      byte[] bytes = Files.readAllBytes(segment);
      for (int at = 0; at < HEADER_BYTES; at++) {
        bytes[at] ^= 0x5a;
      }
      Files.write(segment, bytes);
    }
  }

  @Test
  void areNamedWhereNothingElseTellsTheEdge() throws Exception {
    Files.delete(temp.resolve("journal/edge"));
    Map<Path, String> before = CommandLines.content(temp);
    for (String command : List.of("stat", "verify", "export")) {
      Said said = CommandLines.run(command, temp.toString());
      assertEquals(ExitCodes.FAILED, said.exit(), said::toString);
      assertTrue(said.err().contains("the header of every one is damaged"), said::toString);
      namesEverySegment(said.err());
      assertFalse(said.err().contains("holds no journal"), said::toString);
    }
    assertEquals(before, CommandLines.content(temp));
  }

  @Test
  void areNamedByStatWhereTheEdgeIsKnown() throws Exception {
    Said said = CommandLines.run("stat", temp.toString());
    assertEquals(ExitCodes.FAILED, said.exit(), said::toString);
    assertTrue(said.out().startsWith("edge pi-7"), said::toString);
    assertTrue(said.out().contains("no intact header"), said::toString);
    namesEverySegment(said.out());
    JsonNode stat = CommandLines.run("stat", temp.toString(), "--json").json();
    assertEquals(segments().size(), stat.path("segmentsWithoutHeader").size(), stat::toString);
  }

  @Test
  void areNamedByVerifyWhereTheEdgeIsKnown() throws Exception {
    Said said = CommandLines.run("verify", temp.toString());
    assertEquals(ExitCodes.FAILED, said.exit(), said::toString);
    namesEverySegment(said.out());
  }

  /** What is lost with a segment is told as before; the directory as a whole can be read. */
  @Test
  void ofWhichOneIsIntactFailNothing() throws Exception {
    List<Path> damaged = segments();
    Path backup = damaged.getFirst();
    byte[] bytes = Files.readAllBytes(backup);
    for (int at = 0; at < HEADER_BYTES; at++) {
      bytes[at] ^= 0x5a;
    }
    Files.write(backup, bytes);
    Said said = CommandLines.run("stat", temp.toString());
    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    assertFalse(said.out().contains(name(backup)), said::toString);
    assertTrue(said.out().contains(name(damaged.getLast())), said::toString);
  }

  private void namesEverySegment(String text) throws IOException {
    for (Path segment : segments()) {
      assertTrue(text.contains(name(segment)), text);
    }
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("journal"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }
}
