package io.edgeflow.cloud.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers of a lane that are not committed and yet settled, by fate and reason. A number is in
 * one entry at most. Readings that move with a part of an entry are estimated in proportion, where
 * nobody says how many they are; their sum stays exact.
 */
final class Fates {
  private final Map<FateEntry.Key, FateEntry> entries = new LinkedHashMap<>();
  private final Set<FateEntry.Key> changed = new LinkedHashSet<>();

  Fates(Collection<FateEntry> entries) {
    entries.forEach(entry -> this.entries.put(entry.key(), entry));
  }

  /** A copy. */
  List<FateEntry> all() {
    return List.copyOf(entries.values());
  }

  /** Entries that differ from the first ones; those without numbers are gone. */
  List<FateEntry> changed() {
    return changed.stream().map(this::of).toList();
  }

  Optional<FateEntry> holding(long number) {
    return entries.values().stream().filter(e -> e.numbers().contains(number)).findFirst();
  }

  FateEntry of(FateEntry.Key key) {
    return entries.getOrDefault(key, new FateEntry(key, new Numbers(), 0));
  }

  /** Takes one number out, wherever it is; it carries so many readings. */
  void remove(long number, long readings) {
    Numbers one = Numbers.of(new Numbers.Range(number, number));
    holding(number).ifPresent(entry -> put(entry.minus(one, readings)));
  }

  /** Takes numbers out, wherever they are. */
  void remove(Numbers numbers) {
    for (FateEntry entry : all()) {
      Numbers part = entry.numbers().intersection(numbers);
      if (!part.isEmpty()) {
        put(entry.minus(part, entry.share(part)));
      }
    }
  }

  /** Gives numbers this fate, whatever theirs was. */
  void settle(FateEntry.Key key, Numbers numbers, long readings) {
    remove(numbers);
    put(of(key).plus(numbers, readings));
  }

  private void put(FateEntry entry) {
    changed.add(entry.key());
    if (entry.numbers().isEmpty()) {
      entries.remove(entry.key());
    } else {
      entries.put(entry.key(), entry);
    }
  }
}
