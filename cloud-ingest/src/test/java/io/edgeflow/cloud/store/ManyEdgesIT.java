package io.edgeflow.cloud.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Presence;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers to many edges at once are each edge's own, even if two call their starts alike. */
final class ManyEdgesIT {
  private static final Incarnation SAME = new Incarnation(7, 7);
  private static final FrameId THIRD = new FrameId(SAME, Lane.WINDOW, 3);

  private final Plant few = new Plant("pi-1", SAME);
  private final Plant many = new Plant("pi-2", SAME);
  private Schema schema;

  @BeforeEach
  void store() throws Exception {
    schema = Schema.create();
    schema.store(frames(few, 1));
    schema.store(frames(many, 3));
  }

  @AfterEach
  void close() {
    schema.close();
  }

  @Test
  void anAcknowledgementNamesWhatIsSettledOfThatEdge() throws Exception {
    FrameId first = new FrameId(SAME, Lane.WINDOW, 1);
    Map<String, Acknowledgement> said =
        new LedgerReader(schema.settings(1000))
            .acknowledgements(
                Map.of(
                    "pi-1", Map.of(first, false),
                    "pi-2", Map.of(THIRD, false),
                    "pi-3", Map.of(first, false)));
    assertEquals(committed(1), lanes(said, "pi-1"));
    assertEquals(committed(3), lanes(said, "pi-2"));
    assertEquals(List.of(), said.getOrDefault("pi-3", none()).incarnations());
    assertEquals(3, said.size());
  }

  /** The one has frames that are not here; the other was told what is not. */
  @Test
  void aHelloIsAnsweredWithWhatIsKnownOfThatEdge() throws Exception {
    Hello waiting = hello("pi-1", 3, List.of());
    Hello told = hello("pi-2", 4, List.of(new FateRange(4, 4, Fate.COMMITTED, 1)));
    Hello again = hello("pi-1", 5, List.of());
    List<Acknowledgement> answers;
    try (WriterSession session = WriterSession.open(schema.session())) {
      answers = session.store(List.of(), List.of(waiting, told, again)).answers();
    }
    assertEquals(committed(1), lanes(answers.get(0)));
    assertEquals(committed(3), lanes(answers.get(1)));
    assertEquals(committed(1), lanes(answers.get(2)));
    assertEquals(
        "5",
        schema.one(
            "select highest from frame_ledger join edge e on e.id = edge_id"
                + " where e.name = 'pi-1'"));
    assertEquals(
        "[4,5)", schema.one("select numbers::text from frame_fate").replaceAll("[{}]", ""));
    assertEquals("2", schema.one("select count(*) from edge where site = 'north'"));
    assertEquals("2", schema.one("select count(*) from incarnation"));
  }

  /** As where many return at once: one is gone and there again before anything is written down. */
  @Test
  void theLastOfSeveralPresencesOfAnEdgeCounts() throws Exception {
    try (WriterSession session = WriterSession.open(schema.session())) {
      session.sight(
          List.of(
              new Presence("pi-1", "c1", true, 1),
              new Presence("pi-2", "c1", true, 2),
              new Presence("pi-1", "c1", false, 3),
              new Presence("pi-1", "c2", true, 4),
              new Presence("pi-2", "c1", false, 5)));
    }
    assertEquals(
        "c2 true, c1 false",
        schema.one("select string_agg(connection || ' ' || online, ', ' order by name) from edge"));
  }

  @Test
  void aHelloMayNameAStartTwice() throws Exception {
    Hello once = hello("pi-1", 1, List.of());
    List<HeldIncarnation> twice =
        List.of(once.incarnations().getFirst(), new HeldIncarnation(SAME, null, List.of()));
    Hello hello =
        new Hello("pi-1", "c1", "north", Map.of(), "UTC", "test", List.of(1), 1, 1, twice);
    try (WriterSession session = WriterSession.open(schema.session())) {
      assertEquals(committed(1), lanes(session.greet(hello)));
    }
  }

  private static Frame[] frames(Plant plant, int number) {
    return Stream.iterate(0, i -> i < number, i -> i + 1)
        .map(i -> plant.windows("pump/flow", Plant.window(i, 1)))
        .toArray(Frame[]::new);
  }

  private static Hello hello(String edge, long highest, List<FateRange> fates) {
    var lane = new HeldLane(Lane.WINDOW, highest, highest, fates);
    var held = new HeldIncarnation(SAME, null, List.of(lane));
    return new Hello(edge, "c1", "north", Map.of(), "UTC", "test", List.of(1), 1, 1, List.of(held));
  }

  private static List<LaneVerdicts> committed(long last) {
    return List.of(
        new LaneVerdicts(Lane.WINDOW, List.of(new VerdictRange(1, last, Verdict.COMMITTED, ""))));
  }

  private static List<LaneVerdicts> lanes(Map<String, Acknowledgement> said, String edge) {
    return lanes(said.getOrDefault(edge, none()));
  }

  private static List<LaneVerdicts> lanes(Acknowledgement answer) {
    assertEquals(1, answer.incarnations().size());
    return answer.incarnations().getFirst().lanes();
  }

  private static Acknowledgement none() {
    return new Acknowledgement(false, "", 0, 0, 1, List.of());
  }
}
