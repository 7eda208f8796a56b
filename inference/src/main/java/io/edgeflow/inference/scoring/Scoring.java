package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives readings to all slots of a process. One thread. What the slots write is given to none of
 * them: a model that took scores might take its own.
 */
public final class Scoring {
  private final List<SlotScorer> slots;
  private final Set<String> slotNames = new HashSet<>();
  private final Map<String, Source> sources = new HashMap<>();
  private int taken;

  /** A series that comes in; its number is below 0 if nobody may have it. */
  private record Source(int number, SeriesName name) {}

  /**
   * @throws IllegalArgumentException if two slots have one name
   */
  public Scoring(List<SlotScorer> slots) {
    this.slots = List.copyOf(slots);
    for (SlotScorer slot : slots) {
      if (!slotNames.add(slot.name())) {
        throw new IllegalArgumentException("two slots are called " + slot.name());
      }
    }
  }

  public List<SlotScorer> slots() {
    return slots;
  }

  /** Rows that the reading completes are scored by {@link #flush} at the latest. */
  public void accept(String series, long timeMicros, double value, Quality quality) {
    Source source = sources.get(series);
    if (source == null) {
      source = source(series);
    }
    if (source.number() < 0) {
      return;
    }
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).accept(source.number(), source.name(), timeMicros, value, quality);
    }
  }

  private Source source(String series) {
    int number = ScoreNames.isScore(series, slotNames) ? -1 : taken++;
    var source = new Source(number, new SeriesName(series));
    sources.put(series, source);
    return source;
  }

  /** Scores what waits in any slot. */
  public void flush() {
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).flush();
    }
  }
}
