package io.edgeflow.lab.slaves;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One port with units behind it. A unit may be behind several. Requests of one connection are
 * answered one after another; those of several at the same time, unless a serial line is behind
 * them. Any thread.
 */
public final class SlaveLine implements AutoCloseable {
  private static final int WAITING_CONNECTIONS = 50;

  private final Framing framing;
  private final Map<Integer, SlaveUnit> units;
  private final LineHabits habits;
  private final InetSocketAddress address;
  private final Set<Socket> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong turnedAway = new AtomicLong();
  private final ReentrantLock bus = new ReentrantLock(true);
  private @Nullable ServerSocket listener;

  /** Nobody listens any more. */
  private CompletableFuture<Void> deaf = CompletableFuture.completedFuture(null);

  private SlaveLine(
      Framing framing, Collection<SlaveUnit> units, LineHabits habits, ServerSocket listener) {
    this.framing = framing;
    this.units = units.stream().collect(Collectors.toMap(SlaveUnit::id, Function.identity()));
    this.habits = habits;
    this.address = (InetSocketAddress) listener.getLocalSocketAddress();
    this.listener = listener;
  }

  /**
   * Listens.
   *
   * @param host an address of this machine
   * @param port 0 picks a free one
   * @param units of different ids
   */
  public static SlaveLine listen(
      Framing framing, String host, int port, Collection<SlaveUnit> units, LineHabits habits)
      throws IOException {
    ServerSocket listener = bound(new InetSocketAddress(InetAddress.getByName(host), port));
    var line = new SlaveLine(framing, units, habits, listener);
    line.acceptOn(listener);
    return line;
  }

  /** On loopback, at a free port, as healthy as can be. */
  public static SlaveLine listen(Framing framing, Collection<SlaveUnit> units) throws IOException {
    return listen(framing, "127.0.0.1", 0, units, LineHabits.EASY);
  }

  private static ServerSocket bound(InetSocketAddress address) throws IOException {
    var listener = new ServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(address, WAITING_CONNECTIONS);
      return listener;
    } catch (IOException taken) {
      listener.close();
      throw new IOException("cannot listen for Modbus on port " + address.getPort(), taken);
    }
  }

  public int port() {
    return address.getPort();
  }

  /** The unit of an id; null if there is none. */
  public @Nullable SlaveUnit unit(int id) {
    return units.get(id);
  }

  /** Whole requests that came, for whichever unit. */
  public long requests() {
    return requests.get();
  }

  /** Connections so far, without those that were turned away. */
  public long connections() {
    return connections.get();
  }

  /** Connections that were too many. */
  public long turnedAway() {
    return turnedAway.get();
  }

  /** Connections that are open. */
  public int sessions() {
    return sessions.size();
  }

  /** Ends every connection, and refuses new ones until {@link #mend}. */
  public synchronized void refuse() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
      // Until its thread has noticed, the port still takes connections.
      deaf.join();
    }
    hangUp();
  }

  /** Listens again where it did. */
  public synchronized void mend() throws IOException {
    if (listener == null) {
      listener = bound(address);
      acceptOn(listener);
    }
  }

  /** Ends every connection; whoever comes back is welcome. */
  public void hangUp() throws IOException {
    for (Socket session : sessions) {
      session.close();
    }
  }

  private void acceptOn(ServerSocket open) {
    var ended = new CompletableFuture<Void>();
    deaf = ended;
    Thread.ofPlatform()
        .daemon()
        .name("modbus-slaves-" + port())
        .start(
            () -> {
              try {
                accept(open);
              } finally {
                ended.complete(null);
              }
            });
  }

  private void accept(ServerSocket open) {
    try {
      while (true) {
        admit(open, open.accept());
      }
    } catch (IOException closed) {
      // Nobody is wanted any more.
    }
  }

  private void admit(ServerSocket open, Socket session) throws IOException {
    if (sessions.size() >= habits.sessions()) {
      turnedAway.incrementAndGet();
      session.close();
      return;
    }
    connections.incrementAndGet();
    sessions.add(session);
    if (open.isClosed()) {
      session.close();
    }
    Thread.ofVirtual().start(() -> serve(session));
  }

  private void serve(Socket session) {
    try (session) {
      session.setTcpNoDelay(true);
      new SlaveSession(this, session).serve();
    } catch (IOException ended) {
      // By the master, or by us.
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } finally {
      sessions.remove(session);
    }
  }

  Framing framing() {
    return framing;
  }

  LineHabits habits() {
    return habits;
  }

  ReentrantLock bus() {
    return bus;
  }

  void counted() {
    requests.incrementAndGet();
  }

  @Override
  public void close() throws IOException {
    refuse();
  }
}
