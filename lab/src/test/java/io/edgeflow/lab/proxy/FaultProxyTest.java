package io.edgeflow.lab.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class FaultProxyTest {
  private static final int SILENCE_MILLIS = 150;

  private ServerSocket server;
  private FaultProxy proxy;

  @BeforeEach
  void opens() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    proxy = FaultProxy.open(Ports.free(), URI.create("tcp://127.0.0.1:" + server.getLocalPort()));
  }

  @AfterEach
  void closes() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void handsOnBothWaysAndCounts() throws IOException {
    try (Socket client = client();
        Socket peer = server.accept()) {
      send(client, "question");
      assertEquals("question", receive(peer, 8));
      send(peer, "yes");
      assertEquals("yes", receive(client, 3));

      assertEquals(1, proxy.connections());
      // Bytes are counted once they are handed on, which the peer may notice first.
      long patience = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (proxy.bytes(Direction.UP) + proxy.bytes(Direction.DOWN) < 11
          && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      assertEquals(8, proxy.bytesOfNewest(Direction.UP));
      assertEquals(8, proxy.bytes(Direction.UP));
      assertEquals(3, proxy.bytes(Direction.DOWN));
    }
  }

  @Test
  void tellsEachSideThatTheOtherHungUp() throws IOException {
    Socket client = client();
    try (Socket peer = server.accept()) {
      send(client, "goodbye");
      client.close();

      assertEquals("goodbye", receive(peer, 100));
    }
  }

  @Test
  void cutsBothSides() throws IOException {
    try (Socket client = client();
        Socket peer = server.accept()) {
      send(client, "a");
      assertEquals("a", receive(peer, 1));

      assertEquals(1, proxy.cut());

      assertTrue(ended(client));
      assertTrue(ended(peer));
      assertEquals(1, proxy.cuts());
    }
  }

  @Test
  void refusesUntilItPassesAgain() throws IOException {
    proxy.refuse();
    try (Socket refused = client()) {
      assertTrue(ended(refused));
    } catch (IOException atOnce) {
      // The reset may be quicker than the client.
    }

    proxy.pass();

    try (Socket client = client();
        Socket peer = server.accept()) {
      send(client, "a");
      assertEquals("a", receive(peer, 1));
    }
    assertEquals(1, proxy.connections());
  }

  @Test
  void isSilentInOneDirectionAndForgetsNothing() throws IOException {
    try (Socket client = client();
        Socket peer = server.accept()) {
      awaitPassed(client, peer);
      proxy.hold(EnumSet.of(Direction.DOWN));
      send(peer, "answer");
      send(client, "question");

      assertEquals("question", receive(peer, 8));
      assertSilent(client);

      proxy.speak();
      assertEquals("answer", receive(client, 6));
    }
  }

  @Test
  void leavesSilentConnectionsSilentWhileNewOnesPass() throws IOException {
    try (Socket old = client();
        Socket oldPeer = server.accept()) {
      awaitPassed(old, oldPeer);
      proxy.hold(EnumSet.allOf(Direction.class));
      proxy.pass();
      try (Socket young = client();
          Socket youngPeer = server.accept()) {
        send(young, "new");
        assertEquals("new", receive(youngPeer, 3));
      }
      send(old, "old");
      assertSilent(oldPeer);
    }
  }

  @Test
  void makesNewConnectionsSilentToo() throws IOException {
    proxy.hold(EnumSet.allOf(Direction.class));
    try (Socket client = client();
        Socket peer = server.accept()) {
      send(client, "a");
      assertSilent(peer);
    }
  }

  @Test
  void cutsBehindExactlyTheByteThatWasChosen() throws Exception {
    for (int bytes : new int[] {0, 1, 7, 20_000}) {
      PlannedCut cut = proxy.cutNextAfter(Direction.UP, bytes);
      try (Socket client = client();
          Socket peer = server.accept()) {
        try {
          send(client, "x".repeat(30_000));
        } catch (IOException cutWhileSending) {
          // Some of it was too late.
        }

        assertEquals(bytes, receive(peer, 40_000).length());
        assertTrue(cut.await(Duration.ofSeconds(10)));
        assertEquals(proxy.connections(), cut.connection());
        assertTrue(ended(client));
      }
    }
    assertEquals(4, proxy.cuts());
  }

  @Test
  void cutsTheAnswersToo() throws Exception {
    PlannedCut cut = proxy.cutNextAfter(Direction.DOWN, 3);
    try (Socket client = client();
        Socket peer = server.accept()) {
      send(client, "question");
      assertEquals("question", receive(peer, 8));
      send(peer, "answer");

      assertEquals("ans", receive(client, 6));
      assertTrue(cut.await(Duration.ofSeconds(10)));
    }
  }

  @Test
  void takesItsTimeOnASlowLink() throws IOException {
    proxy.throttle(20_000);
    try (Socket client = client();
        Socket peer = server.accept()) {
      long begun = System.nanoTime();
      send(client, "x".repeat(5_000));

      assertEquals(5_000, receive(peer, 5_000).length());
      assertTrue(System.nanoTime() - begun >= Duration.ofMillis(240).toNanos());
    }
  }

  @Test
  void endsEverythingWhenItIsClosed() throws IOException {
    try (Socket client = client();
        Socket peer = server.accept()) {
      awaitPassed(client, peer);
      proxy.hold(Set.of(Direction.UP));
      proxy.close();

      assertTrue(ended(client));
      assertTrue(ended(peer));
      assertReachesNobody();
    }
  }

  /** Somebody else may listen on the port by now, so a connection alone says nothing. */
  private void assertReachesNobody() throws IOException {
    server.setSoTimeout(200);
    try (Socket _ = client()) {
      assertThrows(SocketTimeoutException.class, server::accept);
    } catch (ConnectException refused) {
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  private Socket client() throws IOException {
    Socket socket = new Socket(proxy.address().getHost(), proxy.address().getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** The proxy reaches the peer before it counts the connection as one of its own. */
  private static void awaitPassed(Socket client, Socket peer) throws IOException {
    send(client, "a");
    assertEquals("a", receive(peer, 1));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String receive(Socket socket, int most) throws IOException {
    return new String(socket.getInputStream().readNBytes(most), US_ASCII);
  }

  /** Orderly or by a reset. */
  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  private static void assertSilent(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    socket.setSoTimeout(0);
  }
}
