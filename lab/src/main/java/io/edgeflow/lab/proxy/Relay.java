package io.edgeflow.lab.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One connection through the proxy: two sockets and a thread for each direction. */
final class Relay {
  private final Socket client;
  private final Socket server;
  private final Traffic traffic;
  private final @Nullable PlannedCut planned;
  private final Map<Direction, Alteration> alterations;
  private final Listener listener;
  private final long number;
  private final Map<Direction, AtomicLong> passed = new EnumMap<>(Direction.class);
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final Object turn = new Object();

  /** Guarded by turn. */
  private Set<Direction> silent = EnumSet.noneOf(Direction.class);

  /** Is told once when a connection has ended. */
  interface Listener {
    void ended(Relay relay, boolean asPlanned);
  }

  Relay(
      Socket client,
      Socket server,
      Traffic traffic,
      @Nullable PlannedCut planned,
      Map<Direction, Alteration> alterations,
      Listener listener)
      throws IOException {
    this.client = client;
    this.server = server;
    this.traffic = traffic;
    this.planned = planned;
    this.alterations = alterations;
    this.listener = listener;
    this.number = traffic.connected();
    for (Direction direction : Direction.values()) {
      passed.put(direction, new AtomicLong());
    }
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
  }

  void start() {
    Thread.ofVirtual().name("proxy-up").start(() -> pump(Direction.UP, client, server));
    Thread.ofVirtual().name("proxy-down").start(() -> pump(Direction.DOWN, server, client));
  }

  long number() {
    return number;
  }

  long passed(Direction direction) {
    AtomicLong count = passed.get(direction);
    return count == null ? 0 : count.get();
  }

  void hold(Set<Direction> directions) {
    synchronized (turn) {
      silent = Set.copyOf(directions);
      turn.notifyAll();
    }
  }

  /** False if it had ended before. */
  boolean close() {
    return end(false);
  }

  private boolean end(boolean asPlanned) {
    if (!open.compareAndSet(true, false)) {
      return false;
    }
    closeQuietly(client);
    closeQuietly(server);
    synchronized (turn) {
      turn.notifyAll();
    }
    listener.ended(this, asPlanned);
    return true;
  }

  private void pump(Direction direction, Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (flows(direction)) {
        long left = left(direction);
        if (left == 0) {
          cutAsPlanned();
          return;
        }
        int read = in.read(buffer, 0, (int) Math.min(traffic.chunk(), left));
        if (read < 0 || !flows(direction)) {
          break;
        }
        traffic.pace(direction, read);
        hand(direction, out, buffer, read);
        count(direction, read);
      }
    } catch (IOException ended) {
      // Either side is gone; the other is told below.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    end(false);
  }

  private void hand(Direction direction, OutputStream out, byte[] buffer, int length)
      throws IOException {
    Alteration alteration = alterations.get(direction);
    if (alteration == null) {
      out.write(buffer, 0, length);
    } else {
      out.write(alteration.pass(buffer, length));
    }
  }

  private void count(Direction direction, int bytes) {
    AtomicLong count = passed.get(direction);
    if (count != null) {
      count.addAndGet(bytes);
    }
    traffic.passed(direction, bytes);
  }

  private long left(Direction direction) {
    return planned == null ? Long.MAX_VALUE : planned.left(direction, passed(direction));
  }

  private void cutAsPlanned() {
    end(true);
    if (planned != null) {
      planned.made(number);
    }
  }

  /** Waits while the direction is silent; false when the connection has ended. */
  private boolean flows(Direction direction) throws InterruptedException {
    synchronized (turn) {
      while (silent.contains(direction) && open.get()) {
        turn.wait();
      }
    }
    return open.get();
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed, which is what was wanted.
    }
  }
}
