package io.edgeflow.lab.fleet;

import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.RuntimeUnavailableException;
import io.edgeflow.inference.runtime.ScoringRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Many simulated edges, which sense something ten times a second. Any thread. */
public final class Fleet implements AutoCloseable {
  private static final long SENSE_MILLIS = 100;

  /** What a leaking model takes more with each look at it. */
  private static final long LEAK_BYTES = 16L << 20;

  private final List<SimulatedEdge> edges = new ArrayList<>();

  /** Edges that nobody hears, by what they do themselves. */
  private final Set<String> away = ConcurrentHashMap.newKeySet();

  /** Digests of models that leak. */
  private final Set<String> leaking = ConcurrentHashMap.newKeySet();

  private final Thread thread = Thread.ofPlatform().name("fleet").daemon().unstarted(this::live);
  private volatile boolean ended;

  private Fleet() {}

  /**
   * Starts and connects them.
   *
   * @param home a directory for each is made in it
   */
  public static Fleet start(Path home, List<SimulatedEdge.Place> places)
      throws IOException, RuntimeUnavailableException {
    // The first one in a process says where the libraries are.
    var _ = ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(home.resolve("runtime")));
    var fleet = new Fleet();
    try {
      for (SimulatedEdge.Place place : places) {
        var memory = new Memory(fleet.leaking);
        SimulatedEdge edge = SimulatedEdge.start(place, memory::bytes);
        memory.of = Optional.of(edge);
        fleet.edges.add(edge);
      }
      fleet.thread.start();
      return fleet;
    } catch (IOException | RuntimeException failed) {
      fleet.close();
      throw failed;
    }
  }

  /** The meter of an edge's memory: it grows while a model serves that is said to leak. */
  private static final class Memory {
    private final Set<String> leaking;
    private volatile Optional<SimulatedEdge> of = Optional.empty();
    private long bytes = 100L << 20;

    Memory(Set<String> leaking) {
      this.leaking = leaking;
    }

    synchronized long bytes() {
      if (of.isPresent() && leaking.contains(of.get().serving())) {
        bytes += LEAK_BYTES;
      }
      return bytes;
    }
  }

  public List<SimulatedEdge> edges() {
    return List.copyOf(edges);
  }

  /** From now on this model's memory grows wherever it serves. */
  public void leaks(FleetBundle bundle) {
    leaking.add(bundle.digest());
  }

  /** It is not heard any more, and hears nothing. */
  public void vanish(SimulatedEdge edge) {
    away.add(edge.name());
    edge.vanish();
  }

  public void returns(SimulatedEdge edge) {
    away.remove(edge.name());
    edge.connect();
  }

  /** The bundles that serve somewhere; empty stands for none. */
  public Set<String> serving() {
    Set<String> serving = new HashSet<>();
    edges.forEach(edge -> serving.add(edge.serving()));
    return serving;
  }

  /** Whether some edge says that this bundle did well. */
  boolean hasProven(String digest) {
    return edges.stream().anyMatch(edge -> edge.hasProven(digest));
  }

  private void live() {
    try {
      for (long round = 0; !ended; round++) {
        for (SimulatedEdge edge : edges) {
          edge.sense();
          if (round % 10 == 0 && !away.contains(edge.name())) {
            edge.connect();
          }
          if (round % 20 == 0) {
            edge.say();
          }
        }
        TimeUnit.MILLISECONDS.sleep(SENSE_MILLIS);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    edges.parallelStream().forEach(SimulatedEdge::close);
  }
}
