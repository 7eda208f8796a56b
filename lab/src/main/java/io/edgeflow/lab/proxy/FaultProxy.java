package io.edgeflow.lab.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands on loopback in front of a server and hands bytes on, until it is told to behave like a bad
 * network: to cut, to refuse, to go silent without a word, to be slow, or to cut behind one chosen
 * byte. Any thread may tell it; it tells nobody.
 */
public final class FaultProxy implements AutoCloseable {
  /** Small, so that who sends into a slow or silent link soon feels it. */
  private static final int BUFFER_BYTES = 1 << 16;

  private final ServerSocket listener;
  private volatile InetSocketAddress target;
  private final Traffic traffic = new Traffic();
  private final Set<Relay> relays = ConcurrentHashMap.newKeySet();
  private final LongAdder cuts = new LongAdder();
  private final Object turn = new Object();

  // Guarded by turn: what the next connection meets.
  private boolean refusing;
  private Set<Direction> silent = EnumSet.noneOf(Direction.class);
  private @Nullable PlannedCut planned;
  private final Map<Direction, Supplier<Alteration>> alterations = new EnumMap<>(Direction.class);
  private boolean closed;

  private FaultProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /**
   * Begins to listen and to hand on.
   *
   * @param port a free one, beyond those that outgoing connections are given; see {@code Ports}
   * @param server {@code tcp://host:port}; it need not be there yet
   */
  public static FaultProxy open(int port, URI server) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.setReceiveBufferSize(BUFFER_BYTES);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    var proxy = new FaultProxy(listener, new InetSocketAddress(server.getHost(), server.getPort()));
    Thread.ofVirtual().name("proxy-accept").start(proxy::accept);
    return proxy;
  }

  /** Where clients connect: {@code tcp://127.0.0.1:port}. */
  public URI address() {
    return URI.create("tcp://127.0.0.1:" + listener.getLocalPort());
  }

  /** New connections go to another server; those that there are stay where they are. */
  public void aim(URI server) {
    target = new InetSocketAddress(server.getHost(), server.getPort());
  }

  /** New connections pass. Those that were made silent stay so: see {@link #speak}. */
  public void pass() {
    synchronized (turn) {
      refusing = false;
      silent = EnumSet.noneOf(Direction.class);
    }
  }

  /**
   * Closes every connection, both sides, at once.
   *
   * @return how many
   */
  public int cut() {
    int closed = 0;
    for (Relay relay : relays) {
      if (relay.close()) {
        closed++;
      }
    }
    cuts.add(closed);
    return closed;
  }

  /** The link is down: closes every connection, and every new one as soon as it is made. */
  public void refuse() {
    synchronized (turn) {
      refusing = true;
    }
    cut();
  }

  /**
   * Goes silent in these directions and closes nothing, like a peer that lost its power: present
   * connections, and new ones until {@link #pass}.
   */
  public void hold(Set<Direction> directions) {
    synchronized (turn) {
      silent = directions.isEmpty() ? Set.of() : EnumSet.copyOf(directions);
      relays.forEach(relay -> relay.hold(directions));
    }
  }

  /** Present connections go on where they were made silent; no byte is lost. */
  public void speak() {
    hold(Set.of());
  }

  /**
   * @param bytesPerSecond in each direction of each connection; 0 is no limit
   */
  public void throttle(long bytesPerSecond) {
    traffic.limit(bytesPerSecond);
  }

  /** From now on all bytes go over a line that other proxies may share. */
  public void share(ThinLine line) {
    traffic.share(line);
  }

  /**
   * The next connection ends behind one chosen byte. Replaces a plan that no connection has met.
   *
   * @param bytes 0 or more
   */
  public PlannedCut cutNextAfter(Direction direction, long bytes) {
    synchronized (turn) {
      planned = new PlannedCut(direction, bytes);
      return planned;
    }
  }

  /** Each new connection gets an alteration of its own in that direction. */
  public void alter(Direction direction, Supplier<Alteration> made) {
    synchronized (turn) {
      alterations.put(direction, made);
    }
  }

  /** New connections pass as they are. */
  public void alterNothing() {
    synchronized (turn) {
      alterations.clear();
    }
  }

  /** What was handed on in all connections. */
  public long bytes(Direction direction) {
    return traffic.bytes(direction);
  }

  /** What was handed on in the connection that was made last; 0 if there is none now. */
  public long bytesOfNewest(Direction direction) {
    return relays.stream()
        .max((a, b) -> Long.compare(a.number(), b.number()))
        .map(relay -> relay.passed(direction))
        .orElse(0L);
  }

  /** Connections that were handed on, so far. */
  public long connections() {
    return traffic.connections();
  }

  /** Connections that this proxy ended. */
  public long cuts() {
    return cuts.sum();
  }

  private void accept() {
    while (true) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().name("proxy-connect").start(() -> connect(client));
      } catch (IOException ended) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try {
      if (refuses()) {
        // A reset, as a machine without a listener answers.
        client.setSoLinger(true, 0);
        client.close();
        return;
      }
      Socket server = new Socket();
      server.connect(target, 5_000);
      admit(client, server);
    } catch (IOException absent) {
      Relay.closeQuietly(client);
    }
  }

  private boolean refuses() {
    synchronized (turn) {
      return refusing || closed;
    }
  }

  /** Under the lock, so that no connection slips past an order that was given meanwhile. */
  private void admit(Socket client, Socket server) throws IOException {
    synchronized (turn) {
      if (refusing || closed) {
        Relay.closeQuietly(client);
        Relay.closeQuietly(server);
        return;
      }
      Map<Direction, Alteration> own = new EnumMap<>(Direction.class);
      alterations.forEach((direction, made) -> own.put(direction, made.get()));
      Relay relay = new Relay(client, server, traffic, planned, own, this::ended);
      planned = null;
      relay.hold(silent);
      relays.add(relay);
      relay.start();
    }
  }

  private void ended(Relay relay, boolean asPlanned) {
    relays.remove(relay);
    if (asPlanned) {
      cuts.increment();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (turn) {
      closed = true;
    }
    listener.close();
    relays.forEach(Relay::close);
  }
}
