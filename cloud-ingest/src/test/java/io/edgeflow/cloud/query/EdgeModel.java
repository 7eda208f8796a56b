package io.edgeflow.cloud.query;

import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.document.Fate;
import io.edgeflow.wire.document.FateRange;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.HeldLane;
import io.edgeflow.wire.document.Hello;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.frame.Replaced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An edge that numbers, sends, coarsens, drops, restarts and says hello, window lane only. One
 * reading is one; so the readings of frames can be counted in the tables.
 */
final class EdgeModel {
  /** A test's window has one reading a second. */
  private static final int MOST_COARSE_READINGS = 60;

  /** A numbered frame and what its edge thinks of it; no fate: pending. */
  static final class Held {
    final Frame frame;
    final long minute;
    boolean offered;
    boolean stored;
    @Nullable Fate fate;

    Held(Frame frame, long minute) {
      this.frame = frame;
      this.minute = minute;
    }

    boolean isCoarse() {
      return !frame.replaces().isEmpty();
    }
  }

  /** One start, with its frames in the order of their numbers. */
  static final class Start {
    final Plant plant;
    final @Nullable Incarnation parent;
    final List<Held> frames = new ArrayList<>();

    Start(String edge, @Nullable Incarnation parent, SplittableRandom random) {
      this.plant = new Plant(edge, random);
      this.parent = parent;
    }
  }

  private final String edge;
  private final SplittableRandom random;
  private final List<Start> starts = new ArrayList<>();
  private long minute;
  private long numbered;
  private int hellos;

  EdgeModel(String edge, SplittableRandom random) {
    this.edge = edge;
    this.random = random;
    restart();
  }

  void restart() {
    Incarnation parent = starts.isEmpty() ? null : current().plant.incarnation();
    starts.add(new Start(edge, parent, random));
  }

  /** Closes a window of some readings into a frame. */
  void number() {
    double[] values = new double[random.nextInt(1, 6)];
    Arrays.fill(values, 1);
    numbered += values.length;
    add(minute, values);
    minute++;
  }

  private Held add(long at, double[] values, Replaced... replaced) {
    Frame frame = current().plant.windows("pump/flow", Plant.window(at, values));
    Held held = new Held(replaced.length == 0 ? frame : Plant.coarse(frame, replaced), at);
    current().frames.add(held);
    return held;
  }

  /**
   * Merges some frames that were never offered into one to three that share what they replace. As
   * at a gateway, what was merged once is not merged again: the account holds what was replaced
   * against what coarse frames brought, and would find the readings of such frames twice.
   */
  void coarsen() {
    List<Held> sources = new ArrayList<>();
    List<Replaced> replaced = new ArrayList<>();
    for (Start start : starts) {
      start.frames.stream()
          .filter(held -> held.fate == null && !held.offered && !held.isCoarse())
          .limit(random.nextInt(0, 5))
          .forEach(
              held -> {
                sources.add(held);
                long number = held.frame.id().number();
                replaced.add(new Replaced(start.plant.incarnation(), Lane.WINDOW, number, number));
              });
    }
    long readings = sources.stream().mapToLong(held -> held.frame.readings()).sum();
    int parts = (int) Math.min(readings, random.nextInt(1, 4));
    if (sources.size() < 2 || readings > MOST_COARSE_READINGS) {
      return;
    }
    sources.forEach(held -> held.fate = Fate.SUPERSEDED);
    for (int part = 0; part < parts; part++) {
      long mine = part == parts - 1 ? readings : readings / parts;
      double[] values = new double[Math.toIntExact(mine)];
      Arrays.fill(values, 1);
      add(sources.getFirst().minute, values, replaced.toArray(Replaced[]::new));
      readings -= mine;
    }
  }

  /** Gives up some pending frame. */
  void drop() {
    Held held = any(pending());
    if (held != null) {
      held.fate = Fate.DROPPED;
    }
  }

  /** Some frame to be sent, pending ones before others; null if there is none. */
  @Nullable Held next() {
    Held held = any(random.nextInt(5) == 0 ? offered() : pending());
    if (held != null) {
      held.offered = true;
    }
    return held;
  }

  List<Held> pending() {
    return all().stream().filter(held -> held.fate == null).toList();
  }

  private List<Held> offered() {
    return all().stream().filter(held -> held.offered && held.fate != Fate.DROPPED).toList();
  }

  List<Held> superseded() {
    return all().stream().filter(held -> held.fate == Fate.SUPERSEDED).toList();
  }

  private List<Held> all() {
    return starts.stream().flatMap(start -> start.frames.stream()).toList();
  }

  private @Nullable Held any(List<Held> some) {
    return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
  }

  /** What must be in the tables once nothing is pending; a dropped frame may have arrived. */
  long kept() {
    return numbered
        - all().stream()
            .filter(held -> held.fate == Fate.DROPPED && !held.stored)
            .mapToLong(held -> held.frame.readings())
            .sum();
  }

  Hello hello() {
    List<HeldIncarnation> held = new ArrayList<>();
    for (Start start : starts) {
      List<HeldLane> lanes =
          start.frames.isEmpty()
              ? List.of()
              : List.of(
                  new HeldLane(
                      Lane.WINDOW,
                      start.frames.size(),
                      start.frames.getLast().frame.runningTotal(),
                      fates(start)));
      held.add(new HeldIncarnation(start.plant.incarnation(), start.parent, lanes));
    }
    hellos++;
    String connection = current().plant.incarnation() + "-" + hellos;
    return new Hello(edge, connection, "north", Map.of(), "UTC", "test", List.of(1), 1, 1, held);
  }

  /** As a gateway tells them: neighbours of one fate together. */
  private static List<FateRange> fates(Start start) {
    List<FateRange> ranges = new ArrayList<>();
    for (Held held : start.frames) {
      Fate fate = held.fate;
      long number = held.frame.id().number();
      long readings = held.frame.readings();
      if (fate == null) {
        continue;
      }
      FateRange last = ranges.isEmpty() ? null : ranges.getLast();
      if (last != null && last.to() == number - 1 && last.fate() == fate) {
        ranges.removeLast();
        ranges.add(new FateRange(last.from(), number, fate, last.readings() + readings));
      } else {
        ranges.add(new FateRange(number, number, fate, readings));
      }
    }
    return ranges;
  }

  private Start current() {
    return starts.getLast();
  }
}
