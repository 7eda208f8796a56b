package io.edgeflow.gateway.sparkplug;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of a node itself, or of one of its devices: what its last birth declared. */
final class Scope {
  final @Nullable String device;

  /** Of which it sent values since the process started; not forgotten with a birth. */
  final Set<String> series = new HashSet<>();

  private final Room room;
  private final Map<String, Declared> byName = new HashMap<>();
  private final Map<Long, Declared> byAlias = new HashMap<>();
  private int declared;
  private boolean born;
  private boolean changed;
  private @Nullable Long changedMillis;

  /**
   * A metric as a birth declared it.
   *
   * @param name as {@link SeriesNames#begin} leaves it
   * @param series its name as a series, which may still be none
   * @param reading whether it is a reading at all
   */
  record Declared(String name, String series, int datatype, String unit, boolean reading) {}

  /** How many metrics may be remembered of all nodes together. */
  static final class Room {
    private int left;

    Room(int most) {
      left = most;
    }
  }

  Scope(@Nullable String device, Room room) {
    this.device = device;
    this.room = room;
  }

  /** Its birth: what it declared before is forgotten. */
  void birth(@Nullable Long stampMillis) {
    forget();
    born = true;
    changed = true;
    changedMillis = stampMillis;
  }

  void death(@Nullable Long stampMillis) {
    forget();
    changed = true;
    changedMillis = stampMillis;
  }

  /**
   * @return false if there is no room for more
   */
  boolean declare(Declared metric, @Nullable Long alias) {
    if (room.left == 0) {
      return false;
    }
    boolean isNewName = byName.put(metric.name(), metric) == null;
    boolean isNewAlias = alias != null && byAlias.put(alias, metric) == null;
    if (isNewName || isNewAlias) {
      declared++;
      room.left--;
    }
    return true;
  }

  /** Nothing that was declared is in force any more. */
  void forget() {
    room.left += declared;
    declared = 0;
    byName.clear();
    byAlias.clear();
    born = false;
    changed = false;
    changedMillis = null;
  }

  boolean born() {
    return born;
  }

  /** Whether its last birth or death was sent before that; false where nobody can tell. */
  boolean changedBefore(@Nullable Long stampMillis) {
    return changedMillis != null && stampMillis != null && changedMillis < stampMillis;
  }

  /** Whether it was sent after that; false where nobody can tell. */
  boolean changedAfter(@Nullable Long stampMillis) {
    return changedMillis != null && stampMillis != null && changedMillis > stampMillis;
  }

  /** Whether it was born or died in what is known of this session. */
  boolean changed() {
    return changed;
  }

  @Nullable Declared declared(Metric metric) {
    if (!metric.name().isEmpty()) {
      return byName.get(metric.name());
    }
    return metric.alias() == null ? null : byAlias.get(metric.alias());
  }
}
