package io.edgeflow.inference.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.wire.document.NodeStatus;
import io.edgeflow.wire.document.ReportedModel;
import io.edgeflow.wire.topic.NodeTopics;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is there, and what share that leaves to us. */
final class PeersTest {
  private static final String DIGEST = "0".repeat(64);

  private long nanos = 7;
  private final NodeShare share = new NodeShare("a", List.of("wear"));
  private final Peers peers = new Peers("a", () -> nanos, share::others);

  private static NodeStatus status(String node, String slot, String digest) {
    var model =
        new ReportedModel(slot, node, "m", "1", digest, "cpu", "serving", "", "", 0, 0, 0, 0, 0);
    return new NodeStatus(node, true, "edgeflow/1", 0, List.of(model));
  }

  private void says(NodeStatus status) {
    peers.heard(NodeTopics.status(status.node()), status.toBytes());
  }

  private List<String> present() {
    return peers.present().stream().map(NodeStatus::node).toList();
  }

  /** Of a hundred pumps. */
  private long ours() {
    return IntStream.range(0, 100).filter(i -> share.isOurs("wear", "pump-" + i)).count();
  }

  @Test
  void dividesWithThoseThatHaveAModelInTheSlot() {
    assertEquals(100, ours());
    long alone = share.version();
    says(status("b", "wear", ""));
    says(status("c", "any", DIGEST));
    assertEquals(100, ours());
    assertEquals(alone, share.version(), "no need to look again");
    says(status("b", "wear", DIGEST));
    assertTrue(ours() > 30 && ours() < 70, () -> ours() + " of 100");
    long divided = share.version();
    assertTrue(divided > alone);
    says(status("b", "wear", DIGEST));
    assertEquals(divided, share.version());
    says(NodeStatus.offline("b", "edgeflow/1"));
    assertEquals(100, ours());
    assertEquals(List.of("c"), present());
  }

  @Test
  void givesUpWhoIsSilentForLong() {
    says(status("b", "wear", DIGEST));
    nanos += Peers.SILENCE_NANOS / 2;
    says(status("c", "wear", DIGEST));
    nanos += Peers.SILENCE_NANOS / 2 + 1;
    peers.look();
    assertEquals(List.of("c"), present());
    nanos += Peers.SILENCE_NANOS;
    peers.greetAgain();
    peers.look();
    assertEquals(List.of("c"), present(), "we were away, not they");
    nanos += Peers.SILENCE_NANOS + 1;
    peers.look();
    assertEquals(100, ours());
  }

  @Test
  void takesNoGarbageAndNoCrowd() {
    peers.heard(NodeTopics.status("b"), "{}".getBytes(UTF_8));
    peers.heard(NodeTopics.status("b"), status("c", "wear", DIGEST).toBytes());
    peers.heard("edgeflow/v1/node/b/else", status("b", "wear", DIGEST).toBytes());
    assertEquals(3, peers.refused());
    peers.heard(NodeTopics.status("a"), status("a", "wear", DIGEST).toBytes());
    assertEquals(List.of(), present(), "nor ourselves");
    for (int i = 0; i < Peers.MOST + 5; i++) {
      says(status("n" + i, "wear", DIGEST));
    }
    assertEquals(Peers.MOST, present().size());
    assertEquals(8, peers.refused());
    assertFalse(share.isOurs("wear", "pump-1") && ours() > 20);
  }
}
