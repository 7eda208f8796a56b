package io.edgeflow.inference.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.inference.bundle.Scaling;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SubjectsTest {
  private final Map<String, Said> said = new TreeMap<>();

  @Test
  void keepsAStateForEachDevice() {
    Subjects subjects = subjects(Plans.vector(2), "\"gap\": {\"maxGap\": \"10s\"}");
    good(subjects, "pump-1/a", 1, 1);
    good(subjects, "pump-2/a", 1, 10);
    good(subjects, "pump-1/b", 2, 2);
    good(subjects, "pump-2/b", 2, 20);
    good(subjects, "fan-1/a", 3, 3);
    assertEquals(Set.of("pump-1", "pump-2"), subjects.names());
    assertEquals(List.of("2ms [1.0, 2.0] ~1"), said("pump-1").rows());
    assertEquals(List.of("2ms [10.0, 20.0] ~1"), said("pump-2").rows());
    assertFalse(subjects.feed(new SeriesName("fan-1/a")).isUsed());
    assertFalse(subjects.feed(new SeriesName("pump-1/c")).isUsed());
  }

  @Test
  void givesASharedSeriesToAllDevicesAlsoToLaterOnes() {
    Subjects subjects =
        subjects(
            "\"kind\": \"latest-vector\", \"series\": [\"{device}/a\", \"hall/t\"]",
            "\"gap\": {\"maxGap\": \"10s\"}");
    good(subjects, "pump-1/a", 1, 1);
    good(subjects, "hall/t", 2, 20);
    good(subjects, "pump-2/a", 3, 2);
    good(subjects, "hall/t", 4, 21);
    assertEquals(List.of("2ms [1.0, 20.0] ~1", "4ms [1.0, 21.0] ~1"), said("pump-1").rows());
    assertEquals(List.of("3ms [2.0, 20.0] ~1", "4ms [2.0, 21.0] ~1"), said("pump-2").rows());
    assertEquals(Set.of("pump-1", "pump-2"), subjects.names());
  }

  @Test
  void scoresEachSeriesOfAPatternOnItsOwn() {
    Subjects subjects =
        subjects("\"kind\": \"sliding-window\", \"series\": \"*/v*\", \"length\": 1", "");
    good(subjects, "pump-1/v1", 1, 1);
    good(subjects, "fan/v/x", 1, 2);
    good(subjects, "fan/w", 1, 2);
    assertEquals(Set.of("pump-1/v1", "fan/v/x"), subjects.names());
    assertEquals(List.of("1ms [2.0]"), said("fan/v/x").rows());
  }

  @Test
  void scalesEachDeviceByItsOwnParameters() {
    Manifest manifest =
        Plans.manifest(
            Plans.window(1), "\"normalisation\": {\"mode\": \"parameters\", \"clip\": 4}");
    var local = new Parameters.Local(List.of(new Scaling(10, 2)), Map.of());
    var parameters =
        new Parameters(1, "m", "1", List.of(new Scaling(0, 1)), Map.of(), Map.of("pump-2", local));
    assertEquals(List.of(), parameters.faults(manifest));
    var subjects = new Subjects(manifest, parameters, this::said);
    good(subjects, "pump-1/a", 1, 3);
    good(subjects, "pump-2/a", 1, 13);
    good(subjects, "pump-2/a", 2, 1e100);
    good(subjects, "pump-2/a", 3, -1e100);
    assertEquals(List.of("1ms [3.0]"), said("pump-1").rows());
    assertEquals(List.of("1ms [1.5]", "2ms [4.0]", "3ms [-4.0]"), said("pump-2").rows());
  }

  @Test
  void recallsThePastWithoutRows() {
    Subjects subjects = subjects(Plans.window(2), "");
    Feed feed = subjects.feed(new SeriesName("pump-1/a"));
    feed.recall(1_000, 1, Quality.GOOD);
    feed.recall(2_000, 2, Quality.GOOD);
    feed.accept(3_000, 3, Quality.GOOD);
    assertEquals(List.of("3ms [2.0, 3.0]"), said("pump-1").lines);
    assertSame(feed, subjects.feed(new SeriesName("pump-1/a")));
  }

  private Subjects subjects(String input, String preparation) {
    Manifest manifest = Plans.manifest(input, preparation);
    return new Subjects(manifest, Parameters.none(manifest), this::said);
  }

  private Said said(String subject) {
    return said.computeIfAbsent(subject, name -> new Said());
  }

  private static void good(Subjects subjects, String series, long millis, double value) {
    subjects.feed(new SeriesName(series)).accept(millis * 1_000, value, Quality.GOOD);
  }
}
