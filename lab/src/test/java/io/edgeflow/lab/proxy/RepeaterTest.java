package io.edgeflow.lab.proxy;

import static io.edgeflow.lab.proxy.Packets.publish;
import static io.edgeflow.lab.proxy.Packets.together;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class RepeaterTest {
  private final LongAdder copies = new LongAdder();
  private final Repeater repeater = new Repeater(topic -> topic.endsWith("/ack"), copies);

  @Test
  void addsACopyThatNeedsNoAnswer() {
    byte[] first = publish(1, "e/ack", "hello");

    assertArrayEquals(together(first, publish(0, "e/ack", "hello")), pass(first));
    assertEquals(1, copies.sum());
  }

  @Test
  void leavesOtherTopicsAndOtherPacketsAlone() {
    byte[] pingResponse = {(byte) 0xd0, 0};
    byte[] stream = together(pingResponse, publish(1, "e/desired", "x"), pingResponse);

    assertArrayEquals(stream, pass(stream));
    assertEquals(0, copies.sum());
  }

  @Test
  void waitsForTheRestOfAPacket() {
    byte[] packet = publish(1, "e/ack", "x".repeat(300));
    var passed = new ByteArrayOutputStream();
    for (byte one : packet) {
      passed.writeBytes(pass(new byte[] {one}));
    }

    byte[] both = together(packet, publish(0, "e/ack", "x".repeat(300)));
    assertArrayEquals(both, passed.toByteArray());
  }

  @Test
  void bringsOldOnesBackBehindNewerOnes() {
    byte[] sixth = {};
    for (int i = 1; i <= 6; i++) {
      sixth = pass(publish(1, "e/ack", "number " + i));
    }

    assertArrayEquals(
        together(
            publish(1, "e/ack", "number 6"),
            publish(0, "e/ack", "number 6"),
            publish(0, "e/ack", "number 1")),
        sixth);
    assertEquals(7, copies.sum());
  }

  private byte[] pass(byte[] bytes) {
    return repeater.pass(bytes, bytes.length);
  }
}
