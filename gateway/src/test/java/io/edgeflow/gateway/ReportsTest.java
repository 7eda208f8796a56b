package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.EdgeHealth;
import io.edgeflow.wire.document.Parsed;
import io.edgeflow.wire.document.Reported;
import io.edgeflow.wire.document.ReportedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** How often the cloud hears what runs, by a clock of the test's own. */
final class ReportsTest {
  private List<Status.Model> models = List.of();
  private Optional<Deployment> deployment = Optional.empty();
  private Optional<EdgeHealth> health = Optional.empty();
  private long seconds;
  private final List<Reported> told = new ArrayList<>();
  private final Reports reports =
      new Reports(
          "pi-7",
          () -> models,
          () -> deployment,
          () -> health,
          () -> 1_763_640_000_000_000L + seconds * 1_000_000,
          () -> Long.MAX_VALUE - 5 + seconds * 1_000_000_000L,
          bytes -> told.add(read(bytes)));

  @Test
  void tellsOnceThatNothingRuns() {
    forSeconds(1000);
    assertEquals(1, told.size());
    assertEquals(List.of(), told.getFirst().models());
  }

  @Test
  void tellsFiguresOnceAMinute() {
    for (int i = 0; i < 600; i++) {
      models = List.of(model("serving", i));
      forSeconds(1);
    }
    assertEquals(
        List.of(0L, 60L, 120L, 180L, 240L, 300L, 360L, 420L, 480L, 540L),
        told.stream().map(report -> report.models().getFirst().scored()).toList());
  }

  @Test
  void tellsOnceAMinuteHowTheEdgeIsAndAtOnceThatItsDiskIsFull() {
    for (int i = 0; i < 300; i++) {
      health = Optional.of(health("ok", i));
      forSeconds(1);
    }
    assertEquals(
        List.of(0L, 60L, 120L, 180L, 240L),
        told.stream().map(report -> report.health().orElseThrow().accepted()).toList());
    health = Optional.of(health("no-space", 300));
    forSeconds(1);
    assertEquals("no-space", told.getLast().health().orElseThrow().journal());
  }

  private static EdgeHealth health(String journal, long accepted) {
    return new EdgeHealth(
        Map.of("window", 100L),
        OptionalDouble.of(2.5),
        true,
        OptionalDouble.empty(),
        journal,
        10,
        100,
        true,
        accepted,
        Map.of("unparseable", 3L),
        Map.of(),
        0,
        -1,
        7);
  }

  @Test
  void tellsAChangeOfStateSoonButNotEveryFlutter() {
    models = List.of(model("loading", 0));
    forSeconds(10);
    models = List.of(model("serving", 0));
    forSeconds(1);
    assertEquals(List.of("loading", "serving"), states());
    for (int i = 0; i < 20; i++) {
      models = List.of(model(i % 2 == 0 ? "failing" : "serving", 0));
      forSeconds(1);
    }
    assertEquals(5, told.size() - 1, "at most every five seconds: " + states());
  }

  @Test
  void tellsHowFarARolloutIsAtOnceAndWhatIsSeenEveryFewSeconds() {
    forSeconds(10);
    deployment = Optional.of(rollout(1));
    reports.now();
    assertEquals(List.of(0L, 1L), numbers());
    for (int i = 2; i < 22; i++) {
      deployment = Optional.of(rollout(i));
      forSeconds(1);
    }
    assertEquals(List.of(0L, 1L, 7L, 12L, 17L), numbers());
    List<byte[]> other = new ArrayList<>();
    reports.also(other::add);
    reports.now();
    assertEquals(2, other.size());
  }

  private List<Long> numbers() {
    return told.stream()
        .map(report -> report.deployment().map(Deployment::number).orElse(0L))
        .toList();
  }

  private static Deployment rollout(long number) {
    return new Deployment("start", number, "", 1, "", List.of(), List.of(), Map.of(), List.of());
  }

  @Test
  void tellsTheFiguresAsTheyAre() {
    models = List.of(model("serving", 7));
    forSeconds(1);
    assertEquals(
        new ReportedModel(
            "wear",
            "jetson-1",
            "plus",
            "1.0",
            "ab",
            "cpu",
            "serving",
            "",
            "plus 2.0",
            7,
            3,
            2,
            11.5,
            0),
        told.getFirst().models().getFirst());
    assertEquals("pi-7", told.getFirst().edge());
    assertEquals(1_763_640_000_000_000L, told.getFirst().timeMicros());
  }

  private static Status.Model model(String state, long scored) {
    return new Status.Model(
        "jetson-1",
        "wear",
        "plus",
        "1.0",
        "ab",
        "cpu",
        List.of(),
        state,
        "",
        "named by the configuration",
        "plus 2.0",
        "",
        false,
        "plus 2.0",
        null,
        scored,
        2,
        3,
        11.5,
        Double.NaN,
        List.of());
  }

  private List<String> states() {
    return told.stream().map(report -> report.models().getFirst().state()).toList();
  }

  private void forSeconds(int count) {
    for (int i = 0; i < count; i++) {
      reports.tick();
      seconds++;
    }
  }

  private static Reported read(byte[] bytes) {
    return switch (Reported.parse(bytes)) {
      case Parsed.Ok<Reported>(Reported document) -> document;
      case Parsed.Refused<Reported>(String reason) -> throw new AssertionError(reason);
    };
  }
}
