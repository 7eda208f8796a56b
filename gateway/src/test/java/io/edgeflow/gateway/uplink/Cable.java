package io.edgeflow.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP connection to a broker that can be cut, and mended. */
public final class Cable implements AutoCloseable {
  private final int target;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private boolean cut;

  public Cable(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "tcp://127.0.0.1:" + server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** Ends all connections, and each new one, until mended. */
  public synchronized void cut() throws IOException {
    cut = true;
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  public synchronized void mend() {
    cut = false;
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> connect(near));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void connect(Socket near) {
    Socket far = new Socket();
    try (near;
        far) {
      lay(near, far);
      far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 2000);
      var back = CompletableFuture.runAsync(() -> copy(far, near), Thread::startVirtualThread);
      copy(near, far);
      back.join();
    } catch (IOException e) {
      // Cut, or nobody is there.
    }
    sockets.remove(near);
    sockets.remove(far);
  }

  private synchronized void lay(Socket near, Socket far) throws IOException {
    if (cut) {
      throw new IOException("cut");
    }
    sockets.add(near);
    sockets.add(far);
  }

  /** Whoever has said all may still listen, as without a cable: its last words arrive. */
  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Cut, or broken on one side.
      end(from);
      end(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
