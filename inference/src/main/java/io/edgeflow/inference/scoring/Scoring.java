package io.edgeflow.inference.scoring;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives readings to all slots of a process. One thread. What the slots write is given to none of
 * them: a model that took scores might take its own.
 */
public final class Scoring {
  private static final Logger log = LoggerFactory.getLogger(Scoring.class);

  private final List<SlotScorer> slots;
  private final Set<String> slotNames = new HashSet<>();
  private final Map<String, Source> sources = new HashMap<>();
  private int taken;
  private final int mostSeries;
  private boolean full;
  private volatile Set<String> others = Set.of();
  private Set<String> knownOthers = Set.of();

  /**
   * A series that comes in.
   *
   * @param number below 0 if nobody may have it
   * @param writer whose score it is, if it is one of ours
   */
  private record Source(int number, SeriesName name, @Nullable SlotScorer writer) {}

  /**
   * @throws IllegalArgumentException if two slots have one name
   */
  public Scoring(List<SlotScorer> slots) {
    this(slots, Integer.MAX_VALUE);
  }

  /**
   * @param mostSeries that are remembered; what others are called is not looked at
   * @throws IllegalArgumentException if two slots have one name
   */
  public Scoring(List<SlotScorer> slots, int mostSeries) {
    this.slots = List.copyOf(slots);
    this.mostSeries = mostSeries;
    for (SlotScorer slot : slots) {
      if (!slotNames.add(slot.name())) {
        throw new IllegalArgumentException("two slots are called " + slot.name());
      }
    }
  }

  public List<SlotScorer> slots() {
    return slots;
  }

  /** Slots of other processes, whose scores are given to none of ours either. Any thread. */
  public void others(Set<String> names) {
    others = Set.copyOf(names);
  }

  /** Rows that the reading completes are scored by {@link #flush} at the latest. */
  public void accept(String series, long timeMicros, double value, Quality quality) {
    Set<String> now = others;
    if (!now.equals(knownOthers)) {
      followOthers(now);
    }
    Source source = sources.get(series);
    if (source == null) {
      if (sources.size() >= mostSeries || taken >= mostSeries) {
        refuse(series);
        return;
      }
      source = source(series);
    }
    if (source.number() < 0) {
      SlotScorer writer = source.writer();
      if (writer != null) {
        writer.heard(series, timeMicros);
      }
      return;
    }
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).accept(source.number(), source.name(), timeMicros, value, quality);
    }
  }

  private void refuse(String series) {
    if (!full) {
      full = true;
      log.warn("there are {} series already; no new one is scored: {}", mostSeries, series);
    }
  }

  private void followOthers(Set<String> now) {
    knownOthers = now;
    sources.values().removeIf(source -> source.number() < 0);
    sources.replaceAll((series, source) -> isTaken(series) ? source : unused(series));
  }

  private boolean isTaken(String series) {
    return !ScoreNames.isScore(series, slotNames) && !ScoreNames.isScore(series, knownOthers);
  }

  private Source source(String series) {
    Source source =
        isTaken(series) ? new Source(taken++, new SeriesName(series), null) : unused(series);
    sources.put(series, source);
    return source;
  }

  private Source unused(String series) {
    SlotScorer writer =
        slots.stream()
            .filter(slot -> ScoreNames.isScore(series, Set.of(slot.name())))
            .findFirst()
            .orElse(null);
    return new Source(-1, new SeriesName(series), writer);
  }

  /** Scores what waits in any slot. */
  public void flush() {
    for (int i = 0; i < slots.size(); i++) {
      slots.get(i).flush();
    }
  }
}
