package io.edgeflow.models.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.models.history.History;
import io.edgeflow.models.history.Minute;
import io.edgeflow.models.history.Minutes;
import io.edgeflow.process.cli.CloudBusyException;
import io.edgeflow.process.cli.CloudLogin;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CloudPastTest {
  private static final Span ALL = new Span(0, 1_000_000 * Minute.MICROS);

  private TestCloud cloud;

  @BeforeEach
  void start() throws IOException {
    cloud = new TestCloud();
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  /** 21 000 minutes are three pages; the last one is longer than the readings are. */
  @Test
  void minutesOfALongTimeComeInPages() throws Exception {
    History long1 = readings("p/a", 21_000, Minute.MICROS);
    cloud.with("pi", long1, false);
    var span = new Span(30_000_000, 21_000 * Minute.MICROS + 1);
    Minutes read = past().minutes(series("p/a"), span);
    assertEquals(Minutes.of(long1).minutes().subList(1, 21_000), read.minutes());
    assertEquals(3, cloud.asked());
  }

  @Test
  void windowsThatAreNoMinutesAreLeftOutAndSaid() throws Exception {
    cloud.with("pi", readings("p/a", 5, Minute.MICROS), false).coarse();
    List<String> said = new ArrayList<>();
    var past = new CloudPast(new CloudLogin().open(URI.create(cloud.url())), said::add);
    assertTrue(past.minutes(series("p/a"), ALL).isEmpty());
    assertTrue(said.getLast().startsWith("5 windows are longer than a minute"), said::toString);
  }

  @Test
  void manySeriesAreAskedForInGroups() throws Exception {
    List<GoldenReading> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      all.addAll(readings("pump/" + "long-name-".repeat(6) + i, 3, Minute.MICROS).readings());
    }
    cloud.with("pi", History.of(all), false).paged(50_000, 7);
    List<CloudSeries> found = past().series(List.of(new Selector("pump/*")), Optional.empty());
    assertEquals(60, found.size());
    assertEquals(180, past().minutes(found, new Span(0, 3 * Minute.MICROS)).size());
  }

  /** Two series at the same times, in pages that end within a time. */
  @Test
  void readingsComeInPagesWithoutLossOrDouble() throws Exception {
    List<GoldenReading> all = new ArrayList<>(readings("p/a", 100, 1_000_001).readings());
    all.addAll(readings("p/b", 100, 1_000_001).readings());
    // Two true readings at one instant.
    all.add(new GoldenReading(new SeriesName("p/a"), 1_000_001, 7, Quality.UNCERTAIN));
    cloud.with("pi", History.of(all), true).paged(9, 500);
    History read = past().readings(series("p/a", "p/b"), ALL);
    assertEquals(sorted(all), sorted(read.readings()));
  }

  /** More at one time than a page holds: what is beyond it cannot be asked for, but it goes on. */
  @Test
  void aTimeThatFillsAPageEnds() throws Exception {
    List<GoldenReading> all = new ArrayList<>(readings("p/a", 3, Minute.MICROS).readings());
    all.addAll(readings("p/b", 3, Minute.MICROS).readings());
    cloud.with("pi", History.of(all), true).paged(1, 500);
    assertEquals(3, past().readings(series("p/a", "p/b"), ALL).size());
  }

  @Test
  void readingsThatWereSentOnlyAroundAnAlarmAreNotTakenForAll() throws Exception {
    History all = readings("p/a", 60 * 60, 1_000_000);
    cloud.with("pi", all, false);
    Minutes minutes = past().minutes(series("p/a"), ALL);
    assertFalse(past().hasReadings(series("p/a"), minutes));
    try (TestCloud sent = new TestCloud().with("pi", all, true)) {
      assertTrue(past(sent).hasReadings(series("p/a"), minutes));
    }
    try (TestCloud some = new TestCloud()) {
      some.with("pi", all.between(20 * Minute.MICROS, 30 * Minute.MICROS), true);
      assertFalse(past(some).hasReadings(series("p/a"), minutes));
    }
  }

  @Test
  void aBusyCloudIsAskedAgain() throws Exception {
    cloud.with("pi", readings("p/a", 3, Minute.MICROS), false);
    cloud.busyFor(3);
    assertEquals(1, past().series(List.of(new Selector("p/a")), Optional.empty()).size());
    cloud.busyFor(100);
    assertThrows(
        CloudBusyException.class,
        () -> past().series(List.of(new Selector("p/a")), Optional.empty()));
  }

  @Test
  void seriesOfTwoEdgesAreToldApart() throws Exception {
    History one = readings("p/a", 3, Minute.MICROS);
    cloud.with("pi-7", one, false).with("pi-8", one, false);
    cloud.with("pi-7", readings("p/mode", 3, Minute.MICROS), false);
    NoSuchHistoryException both =
        assertThrows(NoSuchHistoryException.class, () -> found("p/a", Optional.empty()));
    assertTrue(String.valueOf(both.getMessage()).contains("pi-7 and pi-8: name one"));
    assertEquals(
        List.of(new CloudSeries("pi-8", new SeriesName("p/a"))), found("p/a", Optional.of("pi-8")));
    NoSuchHistoryException none =
        assertThrows(NoSuchHistoryException.class, () -> found("p/z", Optional.of("pi-7")));
    assertTrue(String.valueOf(none.getMessage()).contains("it has pi-7/p/a"), none::getMessage);
    assertThrows(
        NoSuchHistoryException.class, () -> found("p/mode", Optional.of("pi-7")), "a state");
  }

  private List<CloudSeries> found(String selector, Optional<String> edge) throws Exception {
    return past().series(List.of(new Selector(selector)), edge);
  }

  private CloudPast past() {
    return past(cloud);
  }

  private static CloudPast past(TestCloud of) {
    return new CloudPast(new CloudLogin().open(URI.create(of.url())), Progress.SILENT);
  }

  private static List<CloudSeries> series(String... names) {
    return List.of(names).stream()
        .map(name -> new CloudSeries("pi", new SeriesName(name)))
        .toList();
  }

  private static List<String> sorted(List<GoldenReading> readings) {
    return readings.stream().map(GoldenReading::toString).sorted().toList();
  }

  private static History readings(String name, int count, long apartMicros) {
    List<GoldenReading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      readings.add(
          new GoldenReading(new SeriesName(name), i * apartMicros, i % 10 / 4.0, Quality.GOOD));
    }
    return new History(readings);
  }
}
