package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.backlog.Backlog;
import io.edgeflow.gateway.buffer.CommandLines.Said;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.recorder.StoppedEdge;
import io.edgeflow.gateway.recorder.StoredFrame;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Frames that lie in files of the backlog, because their segments are gone (J8). */
@Timeout(120)
final class SealedFilesTest {
  private static final int STARTS = 5;
  private static final int FLIPS = 60;
  private static final int PAGE_BYTES = 1 << 14;

  @TempDir Path temp;
  private String exported = "";
  private JsonNode lanes;

  /** Seals the waiting windows, and deletes every segment but those that a start needs. */
  @BeforeEach
  void seal() throws Exception {
    for (int start = 0; start < STARTS; start++) {
      try (RunningEdge edge = new RunningEdge(temp, false)) {
        edge.publish("pump-" + start + "/flow", "[1,2,3]");
        edge.seal();
      }
    }
    List<Path> old = segments();
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      for (int i = 0; i < 60; i++) {
        edge.publish("pump-7/flow", "[" + "1.5,".repeat(99) + "1.5]");
      }
    }
    exported = CommandLines.run("export", temp.toString()).out();
    lanes = CommandLines.run("stat", temp.toString(), "--json").json().path("lanes");
    assertTrue(segments().size() > old.size(), "no checkpoint makes them dispensable");
    Map<FrameId, byte[]> frames = new HashMap<>();
    try (StoppedEdge edge = StoppedEdge.open(new NioDisk(), temp).orElseThrow()) {
      edge.frames(
          frame -> {
            if (frame.standing() == StoredFrame.Standing.BUFFERED) {
              frames.put(frame.id(), frame.bytes());
            }
          });
    }
    try (Backlog backlog = Backlog.open(new NioDisk(), temp.resolve("backlog"), "pi-7")) {
      backlog.seal(
          Lane.WINDOW, List.copyOf(frames.keySet()), id -> Objects.requireNonNull(frames.get(id)));
    }
    for (Path segment : old) {
      Files.delete(segment);
    }
  }

  @Test
  void areCountedAndWrittenOutLikeThoseInTheJournal() throws Exception {
    Map<Path, String> before = CommandLines.content(temp);
    JsonNode stat = CommandLines.run("stat", temp.toString(), "--json").json();
    assertEquals(lanes, stat.path("lanes"));
    assertEquals(1, stat.at("/backlog/files").asInt());
    assertEquals(Files.size(file()), stat.at("/backlog/bytes").asLong());
    Said export = CommandLines.run("export", temp.toString());
    assertEquals(sorted(exported), sorted(export.out()), export::toString);
    assertEquals(STARTS + 1, sorted(exported).size());
    Said verify = CommandLines.run("verify", temp.toString());
    assertEquals(ExitCodes.DONE, verify.exit(), verify::toString);
    assertEquals(before, CommandLines.content(temp));
  }

  /** The damaged stretch is named, and exactly the frames that no reading finds any more. */
  @Test
  void areNamedWithTheBytesThatAreDamaged() throws Exception {
    Path file = file();
    byte[] bytes = Files.readAllBytes(file);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int losses = 0;
    for (int i = 0; i < FLIPS; i++) {
      int offset = random.nextInt(bytes.length);
      byte[] flipped = bytes.clone();
      flipped[offset] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      Said said = CommandLines.run("verify", temp.toString(), "--json");
      String place = "seed " + seed + ", byte " + offset + " of " + bytes.length + "\n" + said;
      assertEquals(ExitCodes.FAILED, said.exit(), place);
      assertTrue(isNamed(said.json(), file, offset), place);
      int lost = 0;
      for (JsonNode damage : said.json().path("damage")) {
        lost += damage.path("waitingFrames").size();
      }
      String left = CommandLines.run("export", temp.toString()).out();
      assertEquals(sorted(exported).size() - lost, sorted(left).size(), place);
      losses += lost;
    }
    assertTrue(losses <= FLIPS, "a flipped byte cost more than one frame");
  }

  private static boolean isNamed(JsonNode found, Path file, int offset) {
    for (JsonNode damage : found.path("damage")) {
      if (damage.path("file").asText().equals(file.toString())
          && damage.path("fromByte").asLong() <= offset
          && damage.path("toByte").asLong() > offset) {
        // Naming the whole file would name every byte and tell nobody where to look.
        return damage.path("toByte").asLong() - damage.path("fromByte").asLong() <= PAGE_BYTES;
      }
    }
    return false;
  }

  @Test
  void areToldAsLostWhenTheirFileIsGone() throws Exception {
    Files.delete(file());
    Said said = CommandLines.run("verify", temp.toString(), "--json");
    assertEquals(ExitCodes.FAILED, said.exit(), said::toString);
    JsonNode damage = said.json().path("damage").path(0);
    assertEquals(STARTS, damage.path("waitingFrames").size(), said::toString);
    assertEquals(3 * STARTS, damage.path("waitingReadings").asLong(), said::toString);
  }

  private static List<String> sorted(String lines) {
    return lines.lines().sorted().toList();
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("backlog"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (Stream<Path> files = Files.list(temp.resolve("journal"))) {
      files.filter(file -> file.toString().endsWith(".log")).sorted().forEach(segments::add);
    }
    return segments;
  }
}
