package io.edgeflow.lab.proxy;

import static io.edgeflow.lab.proxy.Packets.publish;
import static io.edgeflow.lab.proxy.Packets.together;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class ScramblerTest {
  private final LongAdder scrambled = new LongAdder();
  private final Scrambler scrambler = new Scrambler(topic -> topic.endsWith("/ack"), scrambled);

  @Test
  void letsTheFirstPassAndMakesTheOthersUnreadable() {
    byte[] stream =
        together(
            publish(1, "e/ack", "to hello"),
            publish(1, "e/ack", "committed"),
            publish(1, "e/desired", "model"),
            publish(0, "e/ack", "committed"));

    assertArrayEquals(
        together(
            publish(1, "e/ack", "to hello"),
            publish(1, "e/ack", "?????????"),
            publish(1, "e/desired", "model"),
            publish(0, "e/ack", "?????????")),
        scrambler.pass(stream, stream.length));
    assertEquals(2, scrambled.sum());
  }

  @Test
  void leavesOtherPacketsAlone() {
    byte[] pings = {(byte) 0xd0, 0, (byte) 0xd0, 0};

    assertArrayEquals(pings, scrambler.pass(pings, pings.length));
  }
}
