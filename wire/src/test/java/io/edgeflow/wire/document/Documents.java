package io.edgeflow.wire.document;

import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** One document of each kind; they also lie as files beside the tests. */
final class Documents {
  static final Incarnation ONE = Incarnation.parse("00112233445566778899aabbccddeeff");
  static final Incarnation OLD = Incarnation.parse("f0e0d0c0b0a090807060504030201000");

  private Documents() {}

  static Hello hello() {
    HeldLane windows =
        new HeldLane(
            Lane.WINDOW,
            120,
            7200,
            List.of(
                new FateRange(1, 100, Fate.COMMITTED, 6000),
                new FateRange(101, 101, Fate.CONFLICT, 60),
                new FateRange(103, 104, Fate.DROPPED, 120)));
    return new Hello(
        "pi-7",
        "00112233445566778899aabbccddeeff-3",
        "west",
        Map.of("line", "3", "owner", "Bär"),
        "Europe/Berlin",
        "0.1.0",
        List.of(1),
        1,
        1,
        List.of(
            new HeldIncarnation(OLD, null, List.of(windows)),
            new HeldIncarnation(ONE, OLD, List.of(new HeldLane(Lane.EVENT, 0, 0, List.of())))));
  }

  static Acknowledgement acknowledgement() {
    return new Acknowledgement(
        true,
        "7301234567890123456/1",
        1_763_640_000_000_000L,
        262_144,
        1,
        List.of(
            new IncarnationVerdicts(
                OLD,
                List.of(
                    new LaneVerdicts(
                        Lane.WINDOW,
                        List.of(
                            new VerdictRange(1, 100, Verdict.COMMITTED, ""),
                            new VerdictRange(101, 101, Verdict.CONFLICT, "other content"),
                            new VerdictRange(102, 102, Verdict.LATER, "disk full"))))),
            new IncarnationVerdicts(ONE, List.of())));
  }

  static Presence presence() {
    return new Presence("pi-7", "00112233445566778899aabbccddeeff-3", true, 1_763_640_000_000_000L);
  }

  static Reported reported() {
    ReportedModel serving =
        new ReportedModel(
            "wear",
            "jetson-1",
            "pump-cavitation",
            "1.2.0",
            "5f".repeat(32),
            "cuda",
            "serving",
            "",
            "pump-cavitation 1.3.0",
            86_400,
            3,
            0,
            41.5,
            180.25);
    return new Reported(
        "pi-7",
        1,
        1_763_640_000_000_000L,
        "edgeflow/0.1.0",
        List.of(serving, idle("any", "refused", "hält die Prüfung nicht")),
        0);
  }

  static NodeStatus nodeStatus() {
    ReportedModel waiting =
        new ReportedModel("any", "jetson-1", "", "", "", "", "loading", "", "", 0, 0, 0, 0, 0);
    return new NodeStatus(
        "jetson-1", true, "edgeflow/0.1.0", 12, List.of(reported().models().getFirst(), waiting));
  }

  /** A slot in which no model serves. */
  static ReportedModel idle(String slot, String state, String detail) {
    return new ReportedModel(slot, "", "", "", "", "", state, detail, "", 0, 0, 0, 0, 0);
  }

  static final String DIGEST = "ab".repeat(32);
  static final String OTHER = "cd".repeat(32);

  static Desired desired() {
    return new Desired(
        "edgeflow",
        "pi-7",
        12,
        1_763_640_000_000L,
        3,
        List.of(
            new DesiredSlot(
                PayloadKind.MODEL,
                "health",
                "pump-health",
                "1.3.0",
                DIGEST,
                "r-17",
                Duration.ofMinutes(5),
                Duration.ofMinutes(10)),
            new DesiredSlot(
                PayloadKind.APPLICATION,
                "edgeflow-node",
                "",
                "",
                "",
                "r-18",
                Duration.ZERO,
                Duration.ofMinutes(2))),
        List.of("wear"),
        List.of(OTHER),
        List.of(DIGEST),
        Map.of("pump-health", 7L),
        Optional.of(new Desired.MandateName("r-17", OTHER)));
  }

  static Mandate mandate() {
    return new Mandate(
        "edgeflow",
        "hub-1",
        "r-17",
        1_763_640_000_000L,
        Duration.ofHours(8),
        List.of(
            new Mandate.Wave(List.of(new Mandate.Member("pi-7", "{\"f\":1}", "{\"b\":2}"))),
            new Mandate.Wave(List.of())),
        1,
        Duration.ofMinutes(30));
  }

  static Reported deployed() {
    Deployment deployment =
        new Deployment(
            ONE.toString(),
            12,
            DIGEST,
            3,
            "number 11 is older",
            List.of(
                new DeployedSlot(
                    PayloadKind.MODEL,
                    "health",
                    "pump-health",
                    "1.3.0",
                    DIGEST,
                    "r-17",
                    DeployState.ROLLED_BACK,
                    false,
                    "alarms on 12.0 % of rows, 0.4 % before",
                    OTHER,
                    1_763_640_000_000L,
                    100,
                    100,
                    new Evidence(60, 600, 1, 2, 180.25, 20.5, 1 << 20, 72, 500, 2, 0))),
            List.of(DIGEST),
            Map.of("pump-health", 7L),
            List.of("wear"));
    return new Reported(
        "pi-7",
        Reported.VERSION,
        1_763_640_000_000_000L,
        "edgeflow/0.1.0",
        List.of(),
        0,
        Optional.of(deployment));
  }

  /** Of an edge that says how it is. */
  static Reported healthy() {
    EdgeHealth health =
        new EdgeHealth(
            Map.of("event", 0L, "window", 70_000L),
            OptionalDouble.of(12.5),
            true,
            OptionalDouble.of(-0.25),
            "ok",
            1 << 20,
            1 << 30,
            true,
            86_400,
            Map.of("unparseable", 3L),
            Map.of("series-limit", 1L),
            60,
            200 << 20,
            12);
    return new Reported(
        "pi-7",
        Reported.VERSION,
        1_763_640_000_000_000L,
        "edgeflow/0.1.0",
        List.of(),
        0,
        Optional.empty(),
        Optional.of(health));
  }
}
