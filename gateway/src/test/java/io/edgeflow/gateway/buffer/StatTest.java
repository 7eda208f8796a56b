package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.buffer.CommandLines.Said;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow buffer stat}. */
@Timeout(60)
final class StatTest {
  @TempDir Path temp;

  @Test
  void tellsTheAccountAndChangesNothing() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("all/flow", "[1,2,3]");
      edge.publish("pump-7/flow", "5");
      edge.seal();
    }
    Map<Path, String> before = CommandLines.content(temp);
    Said said = CommandLines.run("stat", temp.toString(), "--json");
    assertEquals(before, CommandLines.content(temp));

    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    JsonNode stat = said.json();
    assertEquals("pi-7", stat.path("edge").asText());
    assertTrue(stat.path("inUseBy").isNull());
    assertEquals(4, stat.at("/readings/accepted").asLong());
    assertEquals(4, stat.at("/readings/folded").asLong());
    assertEquals(3, stat.at("/readings/reported").asLong());
    assertEquals(4, stat.at("/lanes/window/framed/readings").asLong());
    assertEquals(3, stat.at("/lanes/raw/framed/readings").asLong());
    assertEquals(0, stat.path("damage").size());
    assertEquals(RunningEdge.START_MICROS / 1000, stat.at("/flightRecorder/oldest").asLong());
    long bytes = 0;
    int files = 0;
    for (Path file : before.keySet()) {
      if (file.toString().endsWith(".log")) {
        bytes += Files.size(file);
        files++;
      }
    }
    assertEquals(bytes, stat.at("/journal/bytes").asLong());
    assertEquals(files, stat.at("/journal/files").asInt());
    JsonNode incarnation = stat.path("incarnations").path(0);
    assertEquals(1, incarnation.at("/lanes/raw/highest").asLong());
    assertTrue(!incarnation.path("unfinished").asBoolean(), "it was sealed");
  }

  @Test
  void tellsWhatWaitsForTheCloud() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      edge.publish("all/flow", "[1,2,3]");
      edge.seal();
    }
    JsonNode stat = CommandLines.run("stat", temp.toString(), "--json").json();
    assertEquals(1, stat.at("/lanes/window/buffered/frames").asLong());
    assertEquals(3, stat.at("/lanes/raw/buffered/readings").asLong());
    assertEquals(RunningEdge.START_MICROS / 1000, stat.at("/buffered/oldest").asLong());
    assertEquals(1, stat.at("/incarnations/0/lanes/raw/buffered").asLong());
    String text = CommandLines.run("stat", temp.toString()).out();
    assertTrue(text.startsWith("edge pi-7 in " + temp), text);
    assertTrue(text.contains("received 3 = accepted 3 + rejected 0 + refused 0"), text);
    assertTrue(text.contains("folded 3 + duplicate 0 + pending 0"), text);
    assertEquals(1, text.split("pending", -1).length - 1, "readings only are pending: " + text);
    assertTrue(text.contains("buffered frames   from 2025-11-20T21:00:00Z"), text);
  }

  /** J6: the lock is respected, and nobody who holds it is disturbed. */
  @Test
  void tellsThatAGatewayIsAtWorkAndReadsAllTheSame() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", "[1,2]");
      Said said = CommandLines.run("stat", temp.toString());
      assertEquals(ExitCodes.DONE, said.exit(), said::toString);
      assertTrue(
          said.out().contains("in use by process " + ProcessHandle.current().pid()), said.out());
      JsonNode stat = CommandLines.run("stat", temp.toString(), "--json").json();
      assertEquals(2, stat.at("/readings/pending").asLong());
      assertTrue(stat.at("/incarnations/0/unfinished").asBoolean());
      edge.publish("pump-7/flow", "3");

      for (String other : new String[] {"verify", "export"}) {
        Said refused = CommandLines.run(other, temp.toString());
        assertEquals(ExitCodes.FAILED, refused.exit(), refused::toString);
        assertTrue(refused.err().contains("copy the directory"), refused::toString);
      }
    }
  }

  @Test
  void saysWhichDirectoryItWants() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, true)) {
      edge.publish("pump-7/flow", "1");
    }
    Said none = CommandLines.run("stat", temp.resolve("absent").toString());
    assertEquals(ExitCodes.WRONG_USE, none.exit());
    assertTrue(none.err().contains("is no directory"), none::toString);
    Said journal = CommandLines.run("stat", temp.resolve("journal").toString());
    assertEquals(ExitCodes.WRONG_USE, journal.exit());
    assertTrue(journal.err().contains("name the directory above it"), journal::toString);
    Said empty = CommandLines.run("stat", Files.createDirectory(temp.resolve("e")).toString());
    assertEquals(ExitCodes.WRONG_USE, empty.exit());
    assertTrue(empty.err().contains("holds no journal"), empty::toString);
    assertEquals(ExitCodes.WRONG_USE, CommandLines.run("stat").exit());
    assertEquals(ExitCodes.WRONG_USE, CommandLines.run().exit());
  }

  @Test
  void explainsItself() {
    for (String command : new String[] {"stat", "verify", "export", "fetch"}) {
      Said help = CommandLines.run(command, "--help");
      assertEquals(ExitCodes.DONE, help.exit());
      assertTrue(help.out().contains("edgeflow buffer " + command), help.out());
      assertTrue(help.out().contains("--json"), help.out());
    }
  }
}
