package io.edgeflow.lab.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

final class PortsTest {
  @Test
  void stepsAsideForWhoeverHasTheUsualPort() throws Exception {
    int usual = Ports.free();
    try (var taken = new ServerSocket(usual, 1, InetAddress.getLoopbackAddress())) {
      int port = new Ports().near(usual);

      assertTrue(port > taken.getLocalPort() && (port - usual) % 10 == 0, () -> "port " + port);
    }
  }

  @Test
  void givesNoPortTwice() throws Exception {
    var ports = new Ports();
    int usual = Ports.free();

    assertEquals(usual, ports.near(usual));
    assertNotEquals(usual, ports.near(usual));
  }

  @Test
  void staysBelowThePortsOfOutgoingConnections() throws Exception {
    for (int i = 0; i < 100; i++) {
      assertTrue(Ports.free() < 32_768);
    }
  }
}
