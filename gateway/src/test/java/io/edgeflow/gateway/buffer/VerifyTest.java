package io.edgeflow.gateway.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.buffer.CommandLines.Said;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.journal.SegmentInfo;
import io.edgeflow.gateway.journal.StoppedJournal;
import io.edgeflow.process.lifecycle.ExitCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code edgeflow buffer verify}. */
@Timeout(120)
final class VerifyTest {
  /** Between the two copies of a header there is nothing. */
  private static final int COPY_BYTES = 512;

  private static final int SECOND_COPY_AT = 4096;
  private static final int FLIPS = 120;

  /** The beginning of every encoded frame. */
  private static final int MAGIC = 0xEF464C57;

  @TempDir Path temp;

  @Test
  void findsNothingWhereNothingIsDamaged() throws Exception {
    record(false);
    Map<Path, String> before = CommandLines.content(temp);
    Said said = CommandLines.run("verify", temp.toString());
    assertEquals(ExitCodes.DONE, said.exit(), said::toString);
    assertTrue(said.out().strip().endsWith("nothing is damaged"), said::toString);
    assertEquals(before, CommandLines.content(temp));
    JsonNode found = CommandLines.run("verify", temp.toString(), "--json").json();
    assertTrue(found.path("intact").asBoolean());
    assertEquals(3_003, found.path("readings").asLong());
    assertTrue(found.path("frames").asLong() >= 2, found::toString);
  }

  /** J2: wherever a byte is not what was written, its file and its place are named. */
  @Test
  void namesTheFileAndTheBytesWhicheverIsFlipped() throws Exception {
    record(false);
    List<Path> segments = segments();
    Map<Path, Long> ends = recordsEnd();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < FLIPS; i++) {
      Path file = segments.get(random.nextInt(segments.size()));
      byte[] bytes = Files.readAllBytes(file);
      int offset = random.nextInt(bytes.length);
      if (offset >= COPY_BYTES && offset < SECOND_COPY_AT) {
        continue;
      }
      byte[] flipped = bytes.clone();
      flipped[offset] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, flipped);
      Said said = CommandLines.run("verify", temp.toString(), "--json");
      String place = "seed " + seed + ": " + file + " at " + offset + "\n" + said;
      boolean unused = offset >= Objects.requireNonNull(ends.get(file));
      assertTrue(isNamed(said.json(), file, offset) || unused, place);
      Files.write(file, bytes);
    }
    assertEquals(ExitCodes.DONE, CommandLines.run("verify", temp.toString()).exit());
  }

  private static boolean isNamed(JsonNode found, Path file, int offset) {
    for (JsonNode damage : found.path("damage")) {
      if (damage.path("file").asText().equals(file.toString())
          && damage.path("fromByte").asLong() <= offset
          && damage.path("toByte").asLong() > offset) {
        return !found.path("intact").asBoolean();
      }
    }
    return false;
  }

  /** Behind the last record of a segment nothing is needed, and a crash may have left anything. */
  private Map<Path, Long> recordsEnd() throws IOException {
    StoppedJournal journal =
        StoppedJournal.open(new NioDisk(), temp.resolve("journal")).orElseThrow();
    Map<Path, Long> ends = new HashMap<>();
    for (SegmentInfo segment : journal.segments()) {
      journal.scan(
          segment.id(),
          (number, type, payload, before) -> {
            ends.put(journal.file(segment.id()), before + Journal.HEADER_BYTES + payload.length);
            return true;
          });
    }
    return ends;
  }

  @Test
  void namesTheFramesThatAreLostBeforeTheCloudHadThem() throws Exception {
    record(false);
    fillASegment();
    Path oldest = segments().getFirst();
    byte[] bytes = Files.readAllBytes(oldest);
    List<String> lost = new ArrayList<>();
    for (int at : framesIn(bytes)) {
      byte[] damaged = bytes.clone();
      damaged[at + 40] ^= 1;
      Files.write(oldest, damaged);
      Said said = CommandLines.run("verify", temp.toString(), "--json");
      assertEquals(ExitCodes.FAILED, said.exit(), said::toString);
      JsonNode damage = said.json().path("damage");
      assertEquals(1, damage.size(), said::toString);
      JsonNode frame = damage.at("/0/waitingFrames/0");
      lost.add(frame.path("lane").asText() + " " + damage.at("/0/waitingReadings").asLong());
      String text = CommandLines.run("verify", temp.toString()).out();
      assertTrue(text.contains("lost before the cloud had them: 1 frames"), text);
      assertTrue(text.contains(frame.path("incarnation").asText()), text);
    }
    assertEquals(List.of("window 1001", "raw 1"), lost);
  }

  /** Where encoded frames begin. */
  private static List<Integer> framesIn(byte[] bytes) {
    List<Integer> found = new ArrayList<>();
    for (int at = 0; at + 4 < bytes.length; at++) {
      if (ByteBuffer.wrap(bytes).getInt(at) == MAGIC) {
        found.add(at);
      }
    }
    return found;
  }

  @Test
  void tellsDamageThatCostsTheFlightRecorderOnlyFromALoss() throws Exception {
    record(true);
    fillASegment();
    Path oldest = segments().getFirst();
    byte[] bytes = Files.readAllBytes(oldest);
    // In the first message, whatever bookkeeping a slow start put before it.
    bytes[SECOND_COPY_AT + COPY_BYTES + 400] ^= 1;
    Files.write(oldest, bytes);
    Said said = CommandLines.run("verify", temp.toString());
    assertEquals(ExitCodes.FAILED, said.exit());
    assertTrue(said.out().contains("only the flight recorder"), said::toString);
    assertTrue(said.out().contains(oldest.toString()), said::toString);
  }

  /** Some segments with readings and frames. */
  private void record(boolean committing) throws Exception {
    for (int start = 0; start < 3; start++) {
      try (RunningEdge edge = new RunningEdge(temp, committing)) {
        for (int i = 0; i < 10; i++) {
          edge.publish("pump-7/flow", "[" + "1.5,".repeat(99) + "1.5]");
        }
        edge.publish("all/flow", "7");
        edge.seal();
      }
    }
  }

  /** So that a checkpoint makes the segments before it dispensable. */
  private void fillASegment() throws Exception {
    try (RunningEdge edge = new RunningEdge(temp, false)) {
      for (int i = 0; i < 60; i++) {
        edge.publish("pump-7/flow", "[" + "1.5,".repeat(99) + "1.5]");
      }
      edge.seal();
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("journal"))) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }
}
