package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Glob;
import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GatewayConfigTest {
  @TempDir private Path home;

  @Test
  void needsNothingButAName() throws Exception {
    GatewayConfig config = load("edge: pi-7");
    assertEquals("default", config.site());
    assertEquals(Map.of(), config.labels());
    assertEquals(ZoneId.systemDefault(), config.zone());
    assertEquals(home.resolve("data/gateway"), config.dataDir());
    assertEquals(
        new MqttConfig(
            "127.0.0.1",
            1883,
            Optional.empty(),
            ByteSize.parse("2MiB"),
            2000,
            2000,
            ByteSize.parse("32MiB"),
            Optional.empty()),
        config.mqtt());
    assertEquals(new HttpConfig("127.0.0.1", 8081, Optional.empty()), config.http());
    assertEquals(
        new UplinkConfig(
            URI.create("tcp://127.0.0.1:1884"),
            Optional.empty(),
            Optional.empty(),
            Duration.ofSeconds(30),
            UplinkConfig.BacklogOrder.OLDEST,
            4,
            Duration.ofSeconds(5)),
        config.uplink());
    assertEquals(new WindowConfig(Duration.ofMinutes(1), Duration.ofSeconds(2)), config.window());
    assertEquals(new FrameConfig(Duration.ofMillis(500)), config.frame());
    assertEquals(new TimeConfig(Duration.ofMinutes(5)), config.time());
    assertEquals(
        new JournalConfig(
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            ByteSize.parse("32MiB"),
            JournalConfig.Acknowledge.SYNCED),
        config.journal());
    assertEquals(
        new BufferConfig(
            Optional.empty(), Optional.empty(), Optional.empty(), Duration.ofDays(2), true),
        config.buffer());
    assertEquals(new LimitsConfig(20_000), config.limits());
    assertEquals(List.of(MappingConfig.DEFAULT), config.mappings());
    assertEquals(List.of(), config.series());
    assertEquals(new ModbusConfig(Map.of(), Map.of()), config.modbus());
  }

  @Test
  void readsEveryKey() throws Exception {
    Files.writeString(home.resolve("secret"), "s3cret\n");
    GatewayConfig config =
        load(
            """
            edge: Pi_7.a
            site: north
            labels: {line: "4"}
            timezone: Europe/Berlin
            dataDir: /var/lib/edgeflow
            mqtt: {host: 0.0.0.0, port: 0, users: users.txt, maxPacketBytes: 1MiB,
                   receiveMaximum: 10, maxConnections: 20, maxBytesPerSecond: 1MiB, webSocket: {port: 8083}}
            http: {host: "::", port: 0, users: users.txt}
            uplink: {url: "ssl://cloud:8883", user: pi, password: "file:secret", resendAfter: 5s,
                     backlogOrder: newest, backlogShare: 3, drainJitter: 20s}
            window: {length: 10s, grace: 1s}
            frame: {linger: 0s}
            time: {maxFuture: 1m}
            journal: {commitInterval: 1ms, idleCommitInterval: 2s, segmentBytes: 1MiB,
                      acknowledge: received}
            buffer: {maxBytes: 1GiB, freeSpaceFloor: 64MiB, reserve: 32MiB, keepDelivered: 1h}
            limits: {maxSeries: 100}
            mappings: [{topic: plant/a/<device>/<point...>, onSameTime: first}]
            series: [{match: "*/state", kind: state, unit: ""},
                     {match: "*/wh", kind: counter, rollOver: 4294967296, staleAfter: 30s}]
            modbus:
              devices:
                press:
                  {host: plc, port: 1502, unitId: 3, interval: 2s, timeout: 300ms, order: cdab,
                   points: {flow: {address: 7, table: input, type: float32, order: abcd,
                                   unit: l/min, scale: 0.5, offset: -1}}}
            """);
    assertEquals("Pi_7.a", config.edge());
    assertEquals(ZoneId.of("Europe/Berlin"), config.zone());
    assertEquals(Path.of("/var/lib/edgeflow"), config.dataDir());
    assertEquals(
        new MqttConfig(
            "0.0.0.0",
            0,
            Optional.of(home.resolve("users.txt")),
            ByteSize.parse("1MiB"),
            10,
            20,
            ByteSize.parse("1MiB"),
            Optional.of(new WebSocketConfig(8083))),
        config.mqtt());
    assertEquals("::", config.http().host());
    assertEquals(
        new UplinkConfig(
            URI.create("ssl://cloud:8883"),
            Optional.of("pi"),
            Optional.of(new Secret("s3cret")),
            Duration.ofSeconds(5),
            UplinkConfig.BacklogOrder.NEWEST,
            3,
            Duration.ofSeconds(20)),
        config.uplink());
    assertEquals(1L << 30, config.buffer().maxBytesOn(1));
    assertEquals(64L << 20, config.buffer().freeSpaceFloorOn(1));
    assertEquals(32L << 20, config.buffer().reserveOn(1));
    assertEquals("plant/a/<device>/<point...>", config.mappings().getFirst().topic());
    assertEquals(
        List.of(
            new SeriesConfig(
                new Glob("*/state"),
                Optional.of(Kind.STATE),
                "",
                Optional.empty(),
                Optional.empty(),
                ReportConfig.NONE),
            new SeriesConfig(
                new Glob("*/wh"),
                Optional.of(Kind.COUNTER),
                "",
                Optional.of(4_294_967_296.0),
                Optional.of(Duration.ofSeconds(30)),
                ReportConfig.NONE)),
        config.series());
    ModbusDeviceConfig press = Objects.requireNonNull(config.modbus().devices().get("press"));
    assertEquals(Optional.of("plc"), press.host());
    assertEquals(Optional.of(1502), press.port());
    assertEquals(3, press.unitId());
    assertEquals(Duration.ofSeconds(2), press.interval());
    assertEquals(Optional.of(Duration.ofMillis(300)), press.timeout());
    assertEquals(ModbusConfig.Order.CDAB, press.usualOrder());
    ModbusPointConfig flow = Objects.requireNonNull(press.points().get("flow"));
    assertEquals(new ModbusAddress.Place(RegisterTable.INPUT, 7, false), flow.place());
    assertEquals(RegisterType.FLOAT32, flow.typed());
    assertEquals(ModbusConfig.Order.ABCD, flow.orderOn(press));
    assertEquals("l/min", flow.unit());
    assertEquals(0.5, flow.scale());
    assertEquals(-1, flow.offset());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                        | edge: is required
          {edge: "a/b"}                             | edge = a/b: must be 1 to 64 letters
          {edge: a, site: " "}                      | site =  : must be 1 to 64 characters
          {edge: a, timezone: Mars}                 | timezone = Mars: must be a time zone
          {edge: a, mqtt: {host: 0.0.0.0}}          | mqtt.host = 0.0.0.0: is reachable from other
          {edge: a, http: {host: plant-7}}          | http.host = plant-7: is reachable from other
          {edge: a, http: {port: 1883}}             | http.port = 1883: must differ from mqtt.port
          {edge: a, mqtt: {port: 65536}}            | mqtt.port = 65536: must be 0 to 65535
          {edge: a, mqtt: {maxPacketBytes: 1B}}     | mqtt.maxPacketBytes = 1B: must be 1KiB to
          {edge: a, uplink: {url: "http://c:1"}}    | uplink.url = http://c:1: must be tcp://host
          {edge: a, uplink: {url: "tcp://c"}}       | uplink.url = tcp://c: must be tcp://host:port
          {edge: a, uplink: {url: "tcp://c:1/x"}}   | uplink.url = tcp://c:1/x: must be tcp://host
          {edge: a, uplink: {url: "tcp://u:p@c:1"}} | uplink.url = tcp://u:p@c:1: must not hold the
          {edge: a, uplink: {password: "env:HOME"}} | uplink.password = env:HOME: needs uplink.user
          {edge: a, uplink: {resendAfter: 1ms}}     | uplink.resendAfter = 1ms: must be 1s to 1h
          {edge: a, uplink: {backlogShare: 1}}      | uplink.backlogShare = 1: must be 2 to 100
          {edge: a, uplink: {backlogOrder: random}} | uplink.backlogOrder = random:
          {edge: a, window: {length: 7s}}           | window.length = 7s: must divide one hour
          {edge: a, window: {length: 2h}}           | window.length = 2h: must be 1s to 1h
          {edge: a, window: {grace: 1h}}            | window.grace = 1h: must be 0s to 10m
          {edge: a, frame: {linger: 1h}}            | frame.linger = 1h: must be 0s to 1m
          {edge: a, time: {maxFuture: 1ms}}         | time.maxFuture = 1ms: must be 1s to 1d
          {edge: a, labels: {edgeflow.promise: on}} | labels: must not begin with edgeflow.
          {edge: a, journal: {commitInterval: 2m}}  | journal.commitInterval = 2m: must be 0s to 1m
          {edge: a, journal: {commitInterval: 6s}}  | journal.commitInterval = 6s: must be 5s or less
          {edge: a, journal: {acknowledge: never}}  | journal.acknowledge = never: must be one of
          {edge: a, buffer: {maxBytes: 1KiB}}       | buffer.maxBytes = 1KiB: must be at least 1MiB
          {edge: a, buffer: {reserve: 127KiB}}      | buffer.reserve = 127KiB: must be 0B, or 128KiB
          {edge: a, buffer: {maxBytes: 1MiB, reserve: 513KiB}} | buffer.reserve = 513KiB: must be half
          {edge: a, limits: {maxSeries: 0}}         | limits.maxSeries = 0: must be 1 to 1000000
          {edge: a, mappings: [{topic: x/#/y}]}       | mappings[0].topic = x/#/y: must not have anything behind #
          {edge: a, mqtt: {webSocket: {}}}          | mqtt.webSocket.port: is required
          {edge: a, mqtt: {webSocket: {port: 1883}}} | mqtt.webSocket.port = 1883: must differ from mqtt.port
          {edge: a, mqtt: {webSocket: {port: 8081}}} | mqtt.webSocket.port = 8081: must differ from http.port
          {edge: a, mappings: [{}, {}]}             | mappings: must not name a topic twice
          {edge: a, series: [{kind: state}]}        | series[0].match: is required
          {edge: a, series: [{match: x, kind: meter}]} | series[0].kind = meter: must be one of
          {edge: a, series: [{match: x, kind: gauge, rollOver: 9}]} | series[0].rollOver = 9: needs kind
          {edge: a, series: [{match: x, rollOver: 0}]} | series[0].rollOver = 0: must be above 0
          {edge: a, series: [{match: x, staleAfter: 9ms}]} | series[0].staleAfter = 9ms: must be 1s
          """)
  void refuses(String yaml, String fault) {
    var refusal = assertThrows(SettingsException.class, () -> load(yaml));
    assertEquals(1, refusal.faults().size(), refusal::toString);
    String said = refusal.faults().getFirst().toString();
    assertEquals(fault, said.substring(0, Math.min(said.length(), fault.length())), said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {a: {points: {p: {address: 1}}}}                 | a: needs a connection by name, or a host
          {a: {host: h}}                                   | a.points: must name at least one point
          {a: {host: h, points: {p: {}}}}                  | a.points.p.address: is required
          {a: {host: h, points: {p: {address: 65536}}}}    | a.points.p.address = 65536: must be an address
          {a: {host: h, points: {p: {address: 1, type: int24}}}} | a.points.p.type = int24: must be
          {a: {host: h, points: {p: {address: 1, scale: 0}}}} | a.points.p.scale = 0: must not be 0
          {a: {host: h, order: CDAB, wordOrder: big, points: {p: {address: 1}}}} | a.order = CDAB: says what
          {a: {host: h, points: {p: {address: 1, order: CDAB, byteOrder: big}}}} | a.points.p.order = CDAB: says
          {a: {host: h, unitId: 256, points: {p: {address: 1}}}} | a.unitId = 256: must be 0 to 255
          {a: {host: h, points: {"p#": {address: 1}}}}     | a.points.p#: makes no series
          {"a/b": {host: h, points: {p: {address: 1}}}}    | a/b: must be one level
          """)
  void refusesModbus(String devices, String fault) {
    refuses("{edge: a, modbus: {devices: " + devices + "}}", "modbus.devices." + fault);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', ABCD",
    "'', 'wordOrder: little', CDAB",
    "'', 'byteOrder: little', BADC",
    "'', 'byteOrder: little, wordOrder: little', DCBA",
    "'', 'byteOrder: big', ABCD",
    "'', 'order: GHEFCDAB', GHEFCDAB",
    "'order: DCBA', '', DCBA",
    "'wordOrder: little', '', CDAB",
    "'wordOrder: little', 'byteOrder: little', BADC",
    "'wordOrder: little', 'order: ABCD', ABCD"
  })
  void takesTheOrderOfRegistersInEitherWords(
      String device, String point, ModbusConfig.Order expected) throws Exception {
    ModbusDeviceConfig found =
        load("{edge: a, modbus: {devices: {d: {host: h, %s points: {p: {address: 1, %s}}}}}}"
                .formatted(device.isEmpty() ? "" : device + ",", point))
            .modbus()
            .devices()
            .get("d");
    ModbusDeviceConfig made = Objects.requireNonNull(found);
    ModbusPointConfig named = Objects.requireNonNull(made.points().get("p"));
    assertEquals(expected, named.orderOn(made));
  }

  @Test
  void refusesLabelsThatNoHelloCouldCarry() {
    refuses("{edge: a, labels: {hall: " + "x".repeat(300) + "}}", "labels");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append("l").append(i).append(": x, ");
    }
    refuses("{edge: a, labels: {" + many + "}}", "labels");
  }

  @Test
  void sizesTheBufferByItsVolume() throws Exception {
    BufferConfig buffer = load("edge: a").buffer();
    assertEquals(4L << 30, buffer.maxBytesOn(1L << 40));
    assertEquals(1L << 30, buffer.maxBytesOn(4L << 30));
    assertEquals(1L << 30, buffer.freeSpaceFloorOn(1L << 30));
    assertEquals((1L << 40) / 20, buffer.freeSpaceFloorOn(1L << 40));
    assertEquals(64L << 20, buffer.reserveOn(1L << 40));
    assertEquals((1L << 30) / 4 / 8, buffer.reserveOn(1L << 30));
  }

  private GatewayConfig load(String yaml) throws Exception {
    Path file = Files.writeString(home.resolve("gateway.yaml"), yaml);
    return new SettingsLoader(Map.of("HOME", "x"), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value();
  }
}
