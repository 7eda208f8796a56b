package io.edgeflow.gateway.recorder;

import static io.edgeflow.gateway.recorder.Edge.SECOND;
import static io.edgeflow.gateway.recorder.Edge.START_MICROS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.SentFrames;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * J4, L2: a directory is copied while its gateway runs, and both go on. Both hear every answer of
 * the cloud. Where they used one number for two contents, one of them is told so, and counts it.
 */
final class RunningCopyTest {
  @TempDir Path temp;

  /** One of the two, and what it has sent. */
  private static final class Copy implements AutoCloseable {
    private final Edge edge;
    private final Map<FrameId, Integer> sent = new HashMap<>();
    private final List<Acknowledgement> underWay = new ArrayList<>();

    Copy(Edge edge) {
      this.edge = edge;
    }

    List<OutgoingFrame> waiting() {
      return edge.recorder.onOwner(state -> state.frames.pending()).join();
    }

    FrameHeader send(OutgoingFrame frame) throws IOException {
      byte[] bytes = edge.recorder.outbox().read(frame);
      FrameHeader header = FrameCodec.header(bytes).orElseThrow();
      sent.put(frame.id(), header.identity());
      return header;
    }

    void hear(Random random) {
      if (!underWay.isEmpty()) {
        hear(underWay.remove(random.nextInt(underWay.size())));
      }
    }

    void hear(Acknowledgement ack) {
      edge.recorder.outbox().settle(ack).join();
    }

    Optional<Fate> fate(FrameId id) {
      return fateAt(edge, id);
    }

    @Override
    public void close() throws IOException {
      edge.close();
    }
  }

  @Test
  void doesNotTakeTheVerdictOnACopysFrameForItsOwn() throws Exception {
    Path directory = temp.resolve("a");
    try (Edge original = Edge.open(directory)) {
      original.publishSafely("pump-7/flow", 1, START_MICROS);
      original.copyAsKilled(directory, temp.resolve("b"));
      original.publishSafely("pump-7/flow", 2, START_MICROS + SECOND);
      original.closeWindows();
      FrameId id = original.announced.keySet().iterator().next();

      original.recorder.outbox().settle(Verdicts.committed(id)).join();
      assertEquals(Optional.empty(), fateAt(original, id));

      original.deliver(id);
      assertEquals(Optional.of(Fate.COMMITTED), fateAt(original, id));
    }
  }

  /** So many were sent since that nobody knows any more what went under this number. */
  @Test
  void sendsOnceMoreWhereItHasForgottenWhatItSentUnderAContestedNumber() throws Exception {
    try (Edge edge = Edge.open(temp.resolve("a"))) {
      edge.publishSafely("pump-7/flow", 1, START_MICROS);
      edge.closeWindows();
      FrameId id = edge.announced.keySet().iterator().next();
      int content = edge.identity(id);
      Acknowledgement ours = conflict(id, content);
      Incarnation others = new Incarnation(5, 5);
      for (int i = 1; i <= SentFrames.CONTENTS; i++) {
        ((JournalOutbox) edge.recorder.outbox()).sent().add(new FrameId(others, id.lane(), i), i);
      }
      edge.announced.clear();

      edge.recorder.outbox().settle(ours).join();
      assertEquals(Optional.empty(), fateAt(edge, id), "judged by a content that nobody knows");
      Edge.await("it is found again", () -> edge.announced.containsKey(id));

      edge.send(id);
      edge.recorder.outbox().settle(ours).join();
      assertEquals(Optional.of(Fate.COMMITTED), fateAt(edge, id));
    }
  }

  private static Acknowledgement conflict(FrameId id, int content) {
    VerdictRange range = VerdictRange.conflict(id.number(), content);
    LaneVerdicts lane = new LaneVerdicts(id.lane(), List.of(range));
    return Verdicts.acknowledgement(
        false, new IncarnationVerdicts(id.incarnation(), List.of(lane)));
  }

  /** Empty while it waits. */
  private static Optional<Fate> fateAt(Edge edge, FrameId id) {
    return edge.recorder.onOwner(state -> Optional.ofNullable(state.frames.fate(id))).join();
  }

  /** Whoever sends first, whatever is heard in which order: each fate is that of the content. */
  @RepeatedTest(12)
  void countsEveryNumberOfTwoContentsAtBothEnds() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Path directory = temp.resolve("a");
    CopiedCloud cloud = new CopiedCloud();
    try (Copy original = new Copy(Edge.open(directory))) {
      fill(original.edge, random, "before");
      original.edge.copyAsKilled(directory, temp.resolve("b"));
      try (Copy copy = new Copy(Edge.openAt(temp.resolve("b"), original.edge.wallMicros.get()))) {
        for (int minutes = 1 + random.nextInt(3); minutes > 0; minutes--) {
          fill(original.edge, random, "original");
          original.edge.closeWindows();
        }
        fill(copy.edge, random, "copy");
        copy.edge.closeWindows();
        report(List.of(original, copy), cloud, random);
        assertTrue(cloud.conflicts() > 0, "no number was used twice, seed " + seed);
        assertAgrees(original, cloud, "the original, seed " + seed);
        assertAgrees(copy, cloud, "the copy, seed " + seed);
      }
    }
  }

  private static void fill(Edge edge, Random random, String device) {
    for (int i = 3 + random.nextInt(20); i > 0; i--) {
      String series = (random.nextBoolean() ? "all/" : "pump/") + device + random.nextInt(4);
      edge.publishSafely(series, random.nextDouble(), edge.wallMicros.get() - i * 1000L);
    }
    edge.publishSafely("valve/state", random.nextInt(3), edge.wallMicros.get());
  }

  /** Frames and answers go as they will, some answers never, until nothing waits. */
  private static void report(List<Copy> both, CopiedCloud cloud, Random random) throws IOException {
    for (int step = 0; step < 60; step++) {
      Copy one = both.get(random.nextInt(2));
      List<OutgoingFrame> waiting = one.waiting();
      if (random.nextBoolean() && !waiting.isEmpty()) {
        send(one, waiting.get(random.nextInt(waiting.size())), both, cloud, random);
      } else {
        one.hear(random);
      }
    }
    for (Copy one : both) {
      for (OutgoingFrame frame : one.waiting()) {
        Acknowledgement answer = cloud.take(one.send(frame));
        both.forEach(hearer -> hearer.hear(answer));
      }
      while (!one.underWay.isEmpty()) {
        one.hear(random);
      }
    }
  }

  private static void send(
      Copy one, OutgoingFrame frame, List<Copy> both, CopiedCloud cloud, Random random)
      throws IOException {
    Acknowledgement answer = cloud.take(one.send(frame));
    for (Copy hearer : both) {
      // The conflict itself is said until whoever sends has heard it; here it is said once.
      if (random.nextInt(4) > 0 || hearer == one) {
        hearer.underWay.add(answer);
      }
    }
  }

  private static void assertAgrees(Copy one, CopiedCloud cloud, String who) {
    assertEquals(List.of(), one.waiting(), who);
    one.sent.forEach(
        (id, content) ->
            assertEquals(
                Optional.of(cloud.has(id, content) ? Fate.COMMITTED : Fate.CONFLICT),
                one.fate(id),
                who + ": " + id));
  }
}
