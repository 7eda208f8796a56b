package io.edgeflow.gateway.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class NodeDeskTest {
  private static final String OLD = "0".repeat(64);
  private static final String NEW = "1".repeat(64);

  private final List<String> events = new ArrayList<>();
  private final List<String> garbage = new ArrayList<>();
  private final List<Set<String>> slots = new ArrayList<>();
  private long nanos = -5;
  private final NodeDesk desk =
      new NodeDesk(
          Set.of("mine"),
          (severity, type, message, detail) -> events.add(type + " " + detail),
          (topic, payload, why) -> garbage.add(topic),
          () -> nanos);

  private static ReportedModel model(String node, String slot, String digest) {
    String name = digest.isEmpty() ? "" : "m";
    String state = digest.isEmpty() ? "loading" : "serving";
    return new ReportedModel(
        slot, node, name, "2", digest, "cuda", state, "", "", 7, 1, 2, 30.5, 99);
  }

  private static byte[] document(String node, ReportedModel... models) {
    return new NodeStatus(node, true, "edgeflow/1", 0, List.of(models)).toBytes();
  }

  private void says(Object connection, String node, byte[] document) {
    desk.said(connection, NodeTopics.status(node), document);
  }

  private void says(Object connection, String node, String slot, String digest) {
    says(connection, node, document(node, model(node, slot, digest)));
  }

  private List<String> states() {
    return desk.models().stream().map(one -> one.node() + " " + one.state()).toList();
  }

  @Test
  void showsEverySlotOfEveryNode() {
    says("c1", "b", document("b", model("b", "wear", OLD), model("b", "any", "")));
    says("c2", "a", "wear", NEW);
    assertEquals(List.of("a serving", "b serving", "b loading"), states());
    Status.Model first = desk.models().getFirst();
    assertEquals("wear", first.slot());
    assertEquals(NEW, first.digest());
    assertEquals("cuda", first.provider());
    assertEquals(7, first.scored());
    assertEquals(2, first.dropped());
    assertEquals(3, desk.taken() + desk.models().size() - 2);
  }

  /** The connection counts, not a will: that one is published by the broker itself. */
  @Test
  void aNodeIsThereWhileTheConnectionLastsThatSaidSo() {
    says("c1", "a", "wear", OLD);
    desk.ended("another");
    assertEquals(List.of("a serving"), states());
    desk.ended("c1");
    assertEquals(List.of("a away"), states());
    says("c2", "a", "wear", OLD);
    desk.ended("c1");
    assertEquals(List.of("a serving"), states(), "it is back over another connection");
    says("c2", "a", NodeStatus.offline("a", "edgeflow/1").toBytes());
    assertEquals(List.of("a away"), states(), "it said goodbye");
    assertEquals(1, events.size(), events::toString);
  }

  @Test
  void tellsWhenAnotherModelScoresAndNotTooOften() {
    says("c", "a", "wear", "");
    assertEquals(List.of(), events);
    says("c", "a", "wear", OLD);
    says("c", "a", "wear", OLD);
    String told = "{digest=%s, name=m, node=a, slot=wear, version=2}";
    assertEquals(List.of("model-active " + told.formatted(OLD)), events);
    says("c", "a", "wear", NEW);
    assertEquals(1, events.size(), "too soon");
    nanos += TimeUnit.SECONDS.toNanos(10);
    says("c", "a", "wear", NEW);
    assertEquals("model-active " + told.formatted(NEW), events.getLast());
    assertEquals(2, events.size());
  }

  /** Each document has slots that nobody heard of before. */
  @Test
  void inventedSlotsDoNotFloodTheEvents() {
    for (int i = 0; i < 200; i++) {
      says("c", "a", "s" + i, OLD);
    }
    assertEquals(NodeEvents.MOST_IN_MINUTE, events.size());
    nanos += TimeUnit.MINUTES.toNanos(2);
    says("c", "a", "late", OLD);
    assertTrue(events.getLast().contains("slot=late"), events.getLast());
  }

  /** Both would write the series of one name, and alarms would hear two models. */
  @Test
  void takesNoScoresOfASlotThatTheGatewayHasItself() {
    says("c", "a", document("a", model("a", "mine", ""), model("a", "wear", "")));
    says("c", "a", document("a", model("a", "mine", OLD), model("a", "wear", "")));
    nanos += TimeUnit.MINUTES.toNanos(1);
    says("c", "a", "mine", NEW);
    assertEquals(List.of("node-slot-taken {node=a, slot=mine}"), events);
    assertEquals(List.of("a refused"), states());
    assertTrue(desk.models().getFirst().detail().contains("the gateway has a slot of that name"));
    assertFalse(desk.takes("sensors/pump-7/mine.score"));
    assertFalse(desk.takes("mine.other"));
    assertTrue(desk.takes("sensors/pump-7/wear.score"));
    assertTrue(desk.takes("sensors/pump-7/mine"));
    assertEquals(2, desk.refused(NodeRefusal.SLOT_TAKEN));
    desk.ended("c");
    assertEquals(List.of("a away"), states());
  }

  @Test
  void refusesGarbageAndCountsIt() {
    desk.said("c", "edgeflow/v1/node/a/else", document("a"));
    desk.said("c", "edgeflow/v1/node/a/b/status", document("a"));
    says("c", "a", "{".getBytes(UTF_8));
    says("c", "a", new byte[NodeStatus.MOST_BYTES + 1]);
    says("c", "a", document("b"));
    says("c", "a", document("a", model("a", "Wear", OLD)));
    says("c", "a", document("a", model("b", "wear", OLD)));
    says("c", "a", document("a", model("a", "wear", "0123")));
    says("c", "a", document("a", model("a", "wear", OLD), model("a", "wear", OLD)));
    assertEquals(2, desk.refused(NodeRefusal.UNKNOWN_TOPIC));
    assertEquals(6, desk.refused(NodeRefusal.UNPARSEABLE));
    assertEquals(1, desk.refused(NodeRefusal.WRONG_NAME));
    assertEquals(9, garbage.size());
    assertEquals(0, desk.taken());
    assertEquals(List.of(), desk.models());
  }

  @Test
  void theNumberOfNodesIsBoundedAndThoseThatAreGoneMakeRoom() {
    for (int i = 0; i < NodeDesk.MOST_NODES; i++) {
      says("c" + i, "n" + i, "wear", OLD);
    }
    says("late", "late", "wear", OLD);
    assertEquals(1, desk.refused(NodeRefusal.TOO_MANY));
    nanos++;
    desk.ended("c4");
    nanos++;
    desk.ended("c3");
    says("late", "late", "wear", OLD);
    assertEquals(NodeDesk.MOST_NODES, desk.models().size());
    assertTrue(
        Stream.of("late serving", "n3 away").allMatch(states()::contains)
            && !states().contains("n4 away"),
        () -> states().toString());
  }

  @Test
  void tellsTheSlotsBeforeTheirFirstScoreCanCome() {
    says("c", "a", "wear", "");
    desk.listen(slots::add);
    says("c", "a", "wear", OLD);
    says("d", "b", "any", OLD);
    assertEquals(List.of(Set.of("wear"), Set.of("wear", "any")), slots);
    desk.ended("d");
    assertEquals(2, slots.size(), "its last scores may be on their way");
  }
}
