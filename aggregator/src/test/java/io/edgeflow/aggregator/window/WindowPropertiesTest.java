package io.edgeflow.aggregator.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.aggregator.Seeded;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** W1 to W3 for random readings, held against exact arithmetic. */
final class WindowPropertiesTest {
  private static final long MINUTE = 60_000_000;
  private static final long START = 29_000_000 * MINUTE;

  @Test
  void describesItsReadingsInAnyOrder() {
    Seeded.run(
        300,
        random -> {
          List<Reading> readings = Reading.random(random, START, MINUTE);
          Window folded = fold(Reading.shuffled(readings, random));
          new Exact(START, readings).assertDescribedBy(folded);
        });
  }

  @Test
  void isTheSameWindowHoweverItsReadingsWereSplit() {
    Seeded.run(
        300,
        random -> {
          List<Reading> readings = Reading.random(random, START, MINUTE);
          List<Window> parts = split(Reading.shuffled(readings, random), random);
          new Exact(START, readings).assertDescribedBy(mergeInAnyOrder(parts, random));
        });
  }

  @Test
  void widensToTheWindowOfTheReadingsOfAllItsParts() {
    Seeded.run(
        100,
        random -> {
          List<Reading> readings = new ArrayList<>();
          List<Window> parts = new ArrayList<>();
          for (int minute = 0; minute < 10; minute++) {
            long start = START + minute * MINUTE;
            List<Reading> ofMinute = Reading.random(random, start, MINUTE);
            readings.addAll(ofMinute);
            parts.add(foldFrom(start, ofMinute).widen(10 * MINUTE));
          }
          new Exact(START, readings).assertDescribedBy(mergeInAnyOrder(parts, random));
        });
  }

  @Test
  void mergesCommutativelyToTheBit() {
    Seeded.run(
        300,
        random -> {
          Window one = fold(Reading.random(random, START, MINUTE));
          Window other = fold(Reading.random(random, START, MINUTE));
          assertEquals(one.merge(other), other.merge(one));
        });
  }

  @Test
  void isUnchangedByMergingWithAnEmptyOne() {
    Seeded.run(
        100,
        random -> {
          Window window = fold(Reading.random(random, START, MINUTE));
          assertEquals(window, window.merge(Window.empty(START, MINUTE)));
          assertEquals(window, Window.empty(START, MINUTE).merge(window));
        });
  }

  private static Window fold(List<Reading> readings) {
    return foldFrom(START, readings);
  }

  private static Window foldFrom(long start, List<Reading> readings) {
    Windower windower = new Windower(new WindowRule(MINUTE, 0));
    readings.forEach(r -> windower.fold(3, r.timeMicros(), r.value(), r.quality(), 0));
    return windower.take(3, start);
  }

  private static List<Window> split(List<Reading> readings, RandomGenerator random) {
    List<Window> parts = new ArrayList<>();
    int from = 0;
    while (from < readings.size()) {
      int to = random.nextInt(from + 1, readings.size() + 1);
      parts.add(fold(readings.subList(from, to)));
      from = to;
    }
    return parts;
  }

  private static Window mergeInAnyOrder(List<Window> parts, RandomGenerator random) {
    List<Window> left = new ArrayList<>(parts);
    while (left.size() > 1) {
      Window one = left.remove(random.nextInt(left.size()));
      Window other = left.remove(random.nextInt(left.size()));
      left.add(one.merge(other));
    }
    return left.getFirst();
  }
}
