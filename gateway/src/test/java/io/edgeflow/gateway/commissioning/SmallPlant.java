package io.edgeflow.gateway.commissioning;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.alarms.http.AlarmRoutes;
import io.edgeflow.gateway.learn.UnmappedRoutes;
import io.edgeflow.gateway.learn.UnmappedTopics;
import io.edgeflow.gateway.recorder.LatestReading;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A gateway that is only its views, behind the real web server. */
final class SmallPlant implements AutoCloseable {
  static final long NOW_MICROS = 1_763_672_400_000_000L;

  /** How long before a series was found silent its last reading came. */
  static final long STALE_AFTER_MICROS = 30_000_000;

  final List<LatestReading> latest = new CopyOnWriteArrayList<>();
  final List<RejectedInput> rejects = new CopyOnWriteArrayList<>();
  final List<String> missing = new CopyOnWriteArrayList<>();
  final LiveReadings live = new LiveReadings();
  final UnmappedTopics unmapped = new UnmappedTopics(() -> NOW_MICROS);
  final SmallPanel alarms = new SmallPanel();
  volatile String promise = "on";
  volatile Status.LinkState link = Status.LinkState.CONNECTED;

  private final Vertx vertx = EventLoop.start(1);
  private final WebServer server;
  private long received = 1_284_031;

  SmallPlant() throws IOException {
    Routes routes =
        GatewayRoutes.of(views(), live, () -> "edgeflow_build_info 1\n", () -> NOW_MICROS);
    UnmappedRoutes.add(routes, unmapped);
    AlarmRoutes.add(routes, () -> alarms, SmallPlant::advice, () -> NOW_MICROS);
    server = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes);
    plant();
  }

  private static String advice(String rule) {
    return rule.equals("flow.hh") ? "close the valve" : "";
  }

  GatewayViews views() {
    return new GatewayViews(
        SmallPlant::ledger,
        () -> latest,
        this::status,
        () -> rejects,
        SmallPlant::modbus,
        () -> List.copyOf(missing));
  }

  private static ModbusUnits modbus() {
    var read =
        new ModbusUnits.Block(
            "holding", 0, 4, 400, 900, "ok", List.of("41b8", "0000", "0011", "ffff"));
    var refused = new ModbusUnits.Block("input", 40, 1, 400, 700, "exception 2", List.of());
    return new ModbusUnits(
        List.of(
            new ModbusUnits.Unit(
                "press-1",
                "hall",
                1,
                "ok",
                1_000,
                0,
                0,
                Map.of(2, 17L),
                List.of("press-1/humidity"),
                "exception 2 for input 40 to 40",
                400L,
                List.of(read, refused)),
            new ModbusUnits.Unit(
                "press-2",
                "hall",
                2,
                "silent",
                1_000,
                7,
                0,
                Map.of(),
                List.of(),
                "no answer in time for holding 0 to 3",
                12_000L,
                List.of())));
  }

  URI page() {
    return server.address().resolve("/");
  }

  URI uri(String path) {
    return server.address().resolve(path);
  }

  void reading(
      String series,
      Kind kind,
      String unit,
      long ageMillis,
      double number,
      @Nullable String text,
      Quality quality) {
    long time = NOW_MICROS - ageMillis * 1000;
    long known = quality == Quality.STALE ? time - STALE_AFTER_MICROS : time;
    latest.add(new LatestReading(series, kind, unit, time, known, number, text, quality));
  }

  private void plant() {
    for (int pump = 1; pump <= 4; pump++) {
      String name = "pump-" + pump;
      reading(name + "/flow", Kind.GAUGE, "l/min", 400, 41.27 + pump, null, Quality.GOOD);
      reading(name + "/pressure", Kind.GAUGE, "bar", 400, 3.8125, null, Quality.GOOD);
      reading(name + "/vibration/x", Kind.GAUGE, "mm/s", 900, 0.00731, null, Quality.GOOD);
      reading(name + "/running", Kind.STATE, "", 7_200_000, 1, null, Quality.GOOD);
    }
    reading("boiler-1/temperature", Kind.GAUGE, "°C", 1_400, 71.9, null, Quality.UNCERTAIN);
    reading("meter-1/energy", Kind.GAUGE, "kWh", 600, 1_284_402, null, Quality.GOOD);
    reading("press-2/temperature", Kind.GAUGE, "°C", 900_000, 58.25, null, Quality.STALE);
    reading("press-2/force", Kind.GAUGE, "kN", 2_100, 0, null, Quality.BAD);
    reading("line-4/recipe", Kind.TEXT, "", 86_400_000, 0, "Mohnbrötchen <b>7</b>", Quality.GOOD);
    rejects.add(
        new RejectedInput(
            NOW_MICROS - 4_000_000,
            "unparseable",
            "sensors/pump-9/flow",
            "neither a number nor JSON",
            "<script>alert(1)</script>",
            25));
    rejects.add(
        new RejectedInput(
            NOW_MICROS - 61_000_000,
            "modbus-exception",
            "press-2",
            "exception 2 for holding 40..47",
            "",
            0));
  }

  private static Ledger ledger() {
    var none = new Ledger.Amount(0, 0);
    Map<String, Ledger.Lane> lanes = new LinkedHashMap<>();
    lanes.put(
        "event",
        new Ledger.Lane(
            new Ledger.Amount(3, 0),
            3,
            new Ledger.Amount(3, 0),
            none,
            none,
            none,
            none,
            none,
            none));
    lanes.put(
        "window",
        new Ledger.Lane(
            new Ledger.Amount(1_320, 1_280_000),
            1_320,
            new Ledger.Amount(1_316, 1_279_200),
            new Ledger.Amount(4, 800),
            none,
            none,
            none,
            none,
            none));
    lanes.put("raw", new Ledger.Lane(none, 0, none, none, none, none, none, none, none));
    return new Ledger(
        "pi-7",
        1_284_031,
        1_284_019,
        1_280_000,
        19,
        2,
        4_000,
        Map.of("unparseable", 9L, "modbus-exception", 2L),
        Map.of("series-limit", 1L),
        310,
        0,
        new Ledger.Reports(0, 0, 0),
        lanes);
  }

  private Status status() {
    received += 248;
    boolean connected = link == Status.LinkState.CONNECTED;
    return new Status(
        "pi-7",
        "north-hall",
        new TreeMap<>(Map.of("line", "4")),
        "0.1.0",
        "9f86d081884c7d659a2feaa0c55ad015",
        5_400_000,
        211L << 20,
        new Status.Link(
            link,
            "tcp://cloud:1884",
            183_000,
            1_200L,
            connected ? "" : "connection refused",
            4,
            1 << 20,
            connected ? "closed" : "open",
            connected ? 0 : 7),
        new Status.Backlog(
            4,
            800,
            Map.of("event", 0L, "window", 12_700L, "raw", 0L),
            connected ? 1_400L : 900_000L),
        new Status.Clock(true, "the operating system is synchronised", NOW_MICROS / 1000, 0.4),
        new Status.Journal("ok", "", 0, 74L << 20, 4L << 30, true),
        new Status.Promise(
            promise, "by the settings", "some readings", 0, 84.5, 86_400, 1 << 20, "measured"),
        new Status.Series(latest.size(), 20_000),
        received,
        0,
        new ArrayList<>(
            List.of(
                new Status.Device(
                    "press-2", "192.168.10.21:502", Map.of("ok", 5_391L, "exception", 2L)),
                new Status.Device("meter-1", "192.168.10.22:502", Map.of("ok", 5_393L)))),
        List.of(model()),
        Status.Rollouts.NONE,
        Status.Site.NONE,
        new Status.Captures(List.of("press-9/*"), 1, 0),
        List.of(
            source("hall-2", "connected", ""),
            source("boiler-house", "waiting", "cannot connect: Connection refused")));
  }

  /** One with another in its shadow. */
  private static Status.Source source(String name, String state, String lastError) {
    return new Status.Source(
        name,
        "tcp://" + name + ":1883",
        state,
        61_000,
        "5",
        true,
        12_400,
        12_300,
        100,
        0,
        3,
        0,
        0,
        1,
        lastError);
  }

  private static Status.Model model() {
    return new Status.Model(
        "",
        "wear",
        "bearing-wear",
        "1.2.0",
        "9f86d081".repeat(8),
        "cpu",
        List.of(),
        "serving",
        "",
        "chosen by ada: <b>less noise</b>",
        "bearing-wear 1.3.0 (" + "4e07408562".repeat(6) + "abcd)",
        "bearing-wear 1.1.0 (" + "aabbccdd".repeat(8) + ")",
        false,
        "bearing-wear 1.3.0",
        new Status.Comparison(
            4_200, 0.0125, 0.75, 0.98, 0.0125, 0.005, 0.004, 0, 0, 11.2, 42, 12.4, 51),
        86_400,
        0,
        3,
        11.2,
        1_250,
        List.of());
  }

  @Override
  public void close() throws IOException {
    live.close();
    server.close();
    EventLoop.close(vertx);
  }
}
