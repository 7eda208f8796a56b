package io.edgeflow.gateway.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.LogPosition;
import io.edgeflow.gateway.outbox.LaneFigures;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.frame.ChangeRow;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.WindowRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of frames are damaged, one or several neighbours, of which the cloud has some: no reading
 * is counted twice, and what is missing is named (J2). The series of this plant do not end their
 * minutes together, so a frame holds only some windows of a minute.
 */
final class DamagedFramesTest {
  private static final Logger log = LoggerFactory.getLogger(DamagedFramesTest.class);
  private static final int ROUNDS = Integer.getInteger("edgeflow.rounds", 40);
  private static final int SERIES = 5;
  private static final int MINUTES = 6;

  @TempDir Path temp;

  /** What the cloud has under a number. */
  private record Arrived(int identity, Frame frame) {}

  /** Readings by series and minute, or by series alone for states. */
  private final Map<String, Long> published = new HashMap<>();

  private final Map<FrameId, Arrived> cloud = new HashMap<>();
  private final Map<String, Integer> told = new HashMap<>();
  private long sent;
  private long named;
  private long wounds;

  @Test
  void countsNoReadingTwiceWhicheverFramesAreDamaged() throws Exception {
    long first = Long.getLong("edgeflow.seed", new Random().nextLong());
    log.info("seed={} rounds={}", first, ROUNDS);
    long delivered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      delivered += play(round, first + round);
    }
    log.info("damaged={} delivered={} told={}", wounds, delivered, told);
    assertTrue(delivered > 0 && wounds >= ROUNDS, "nothing came through, or nothing was damaged");
    assertTrue(told.containsKey("lost-frames-in-doubt"), "nothing was in doubt");
  }

  /**
   * Changes were given up for lost frames, and then came the frame that had them: it was taken for
   * unfit, and its number given to a window of a frame behind it.
   */
  @Test
  void takesAFrameWhoseChangesWereGivenUpBefore() throws Exception {
    for (int round = 0; round < 4; round++) {
      play(round, 6981075998624236718L);
    }
  }

  private long play(int round, long seed) throws Exception {
    published.clear();
    cloud.clear();
    sent = 0;
    named = 0;
    return play(temp.resolve("r" + round), new Random(seed), "seed " + seed);
  }

  /** Returns how many readings the cloud has in the end. */
  private long play(Path data, Random random, String where) throws Exception {
    Path journal = data.resolve("journal");
    Path killed = data.resolve("killed/journal");
    boolean clean = random.nextBoolean();
    try (Edge edge = Edge.open(journal)) {
      plant(edge, random);
      if (!clean) {
        Edge.copy(journal, killed);
      }
    }
    Path home = clean ? data : data.resolve("killed");
    Path directory = home.resolve("journal");
    int damaged = damage(home, random);
    wounds += damaged;
    for (int start = 0; start < 2; start++) {
      try (Edge edge = Edge.openAt(directory, Edge.START_MICROS + MINUTES * 60 * Edge.SECOND)) {
        if (start == 0) {
          // What is called unfit in an event is no longer called accepted.
          long unfit = edge.recorder.onOwner(state -> state.lostToDamage).join();
          assertTrue(sent - edge.figures().accepted() <= unfit, where);
        }
        edge.closeWindows();
        edge.awaitQuiet();
        Edge.await(
            "what happened is told",
            () -> {
              edge.pass(Edge.SECOND / 10);
              return edge.recorder.onOwner(state -> state.events.isEmpty()).join();
            });
        if (start == 0) {
          edge.pendingFrames().values().stream()
              .flatMap(frame -> frame.events().stream())
              .forEach(this::hear);
        }
        deliverAll(edge);
        assertNothingTwice(where + ", " + damaged + " damaged, start " + start);
        assertNamed(edge.figures(), where + ", " + damaged + " damaged, start " + start);
      }
    }
    return stored().values().stream().mapToLong(n -> n).sum();
  }

  private void plant(Edge edge, Random random) {
    for (int minute = 0; minute < MINUTES; minute++) {
      for (int i = 0; i < 20; i++) {
        int series = random.nextInt(SERIES);
        if (series == 0) {
          edge.awaitSafe(edge.publish("p/state", Integer.toString(random.nextInt(3))));
          published.merge("p/state", 1L, Long::sum);
          sent++;
        } else {
          measure(edge, "p/s" + series, random);
        }
        edge.pass(3 * Edge.SECOND);
      }
      edge.awaitRound();
      sent += 2;
      for (FrameId next : windowFrames(edge)) {
        if (random.nextInt(3) > 0) {
          deliver(edge, next);
        }
      }
    }
  }

  private void measure(Edge edge, String name, Random random) {
    long at = edge.wallMicros.get() - random.nextInt(8) * Edge.SECOND;
    edge.publishSafely(name, random.nextDouble(), at / 1_000 * 1_000);
    published.merge(key(name, at), 1L, Long::sum);
    sent++;
  }

  private void hear(EventRow event) {
    told.merge(event.type(), 1, Integer::sum);
    if (event.type().equals("lost-frames-in-doubt")
        || event.type().equals("journal-records-unfit")) {
      named += Long.parseLong(event.detail().getOrDefault("readings", "0"));
    }
  }

  private static String key(String series, long micros) {
    return series + " " + micros / (60 * Edge.SECOND);
  }

  private static List<FrameId> windowFrames(Edge edge) {
    return edge.announced.keySet().stream()
        .filter(id -> id.lane() == Lane.WINDOW)
        .sorted(Comparator.comparingLong(FrameId::number))
        .toList();
  }

  /** The cloud keeps what came first under a number. */
  private void deliver(Edge edge, FrameId id) {
    Arrived frame = new Arrived(edge.identity(id), edge.frame(id));
    Arrived before = cloud.putIfAbsent(id, frame);
    boolean same = before == null || before.identity() == frame.identity();
    edge.recorder
        .outbox()
        .settle(Verdicts.of(id, same ? Verdict.COMMITTED : Verdict.CONFLICT))
        .join();
    edge.announced.remove(id);
  }

  private void deliverAll(Edge edge) {
    windowFrames(edge).forEach(id -> deliver(edge, id));
  }

  private static int damage(Path home, Random random) throws IOException {
    List<Integer> frames = new ArrayList<>();
    Path file = home.resolve("journal/seg-0000000000000001.log");
    byte[] bytes = Files.readAllBytes(file);
    try (StoppedEdge stopped = StoppedEdge.open(new NioDisk(), home).orElseThrow()) {
      stopped.records(
          record -> {
            LogPosition position = record.position();
            if (position.segment() == 1) {
              windowFrame(bytes, position).ifPresent(frames::add);
            }
          });
    }
    int many = 1 + random.nextInt(3);
    int at = random.nextInt(Math.max(1, frames.size() - many));
    List<Integer> some = frames.subList(at, Math.min(frames.size(), at + many));
    for (int inside : some) {
      bytes[inside] ^= 1;
    }
    Files.write(file, bytes);
    return some.size();
  }

  /** A byte of its content, if it is one. */
  private static Optional<Integer> windowFrame(byte[] bytes, LogPosition record) {
    int from = Math.toIntExact(record.offset());
    for (int at = from; at <= Math.min(from + 40, bytes.length - record.length()); at++) {
      byte[] payload = Arrays.copyOfRange(bytes, at, at + record.length());
      Optional<FrameHeader> header = FrameCodec.header(payload);
      if (header.isPresent()) {
        int middle = at + record.length() / 2;
        return header.map(h -> h.id().lane()).filter(Lane.WINDOW::equals).map(_ -> middle);
      }
    }
    return Optional.empty();
  }

  private Map<String, Long> stored() {
    Map<String, Long> stored = new HashMap<>();
    for (Arrived arrived : cloud.values()) {
      Frame frame = arrived.frame();
      for (WindowRow row : frame.windows()) {
        Window window = row.window();
        stored.merge(
            key(frame.series().get(row.series()).name(), window.startMicros()),
            window.count(),
            Long::sum);
      }
      for (ChangeRow row : frame.changes()) {
        stored.merge(frame.series().get(row.series()).name(), row.count(), Long::sum);
      }
    }
    return stored;
  }

  private void assertNothingTwice(String where) {
    stored()
        .forEach(
            (key, count) -> {
              if (published.containsKey(key)) {
                assertTrue(
                    count <= published.get(key),
                    where + ": " + count + " of " + published.get(key) + " of " + key);
              } else {
                assertTrue(key.contains("probe"), where + ": unknown " + key);
              }
            });
  }

  private void assertNamed(EdgeFigures figures, String where) {
    long lost = 0;
    Map<String, Long> stored = stored();
    for (Map.Entry<String, Long> of : published.entrySet()) {
      lost += of.getValue() - stored.getOrDefault(of.getKey(), 0L);
    }
    LaneFigures lane = Outage.lane(figures, Lane.WINDOW);
    // The ledger knows only the sum of several frames, and shares it out where one was delivered.
    long all = named + lane.conflict().readings();
    assertTrue(lost <= all, where + ": " + lost + " missing, named " + all);
    assertEquals(
        figures.accepted(), figures.folded() + figures.duplicate() + figures.pending(), where);
    assertEquals(figures.folded(), lane.framed().readings() - lane.coarse().readings(), where);
  }
}
