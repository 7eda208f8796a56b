package io.edgeflow.process.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsLoaderTest {
  enum Order {
    ABCD,
    CDAB
  }

  record Listener(
      @Default("127.0.0.1") String host,
      @Default("1883") @Range(min = "0", max = "65535") int port) {}

  record Link(
      @Default("tcp://127.0.0.1:1884") URI url,
      Optional<Secret> password,
      @Default("5ms") @Range(min = "1ms") Duration pause) {}

  record Span(@Default("1m") Duration length, @Default("2s") Duration grace) {
    Span {
      new Check()
          .that(grace.compareTo(length) < 0, "grace", "must be shorter than length")
          .that(length.toSeconds() % 2 == 0, "length", "must be even")
          .orRefuse();
    }
  }

  record Plant(
      String edge,
      @Default("data/plant") Path dataDir,
      Listener mqtt,
      Link uplink,
      Span window,
      @Default("64MiB") ByteSize room,
      @Default("ABCD") Order order,
      Map<String, String> labels,
      Map<String, Listener> devices,
      List<String> mappings,
      Optional<Listener> spare) {}

  @TempDir private Path home;
  private Path file;

  @BeforeEach
  void emptyFile() throws IOException {
    file = Files.writeString(home.resolve("plant.yaml"), "edge: pi-7\n");
  }

  @Test
  void fillsDefaultsForWhatNobodySet() throws Exception {
    Plant plant = load("edge: pi-7\n");
    assertEquals(
        new Plant(
            "pi-7",
            home.resolve("data/plant"),
            new Listener("127.0.0.1", 1883),
            new Link(URI.create("tcp://127.0.0.1:1884"), Optional.empty(), Duration.ofMillis(5)),
            new Span(Duration.ofMinutes(1), Duration.ofSeconds(2)),
            new ByteSize(64 << 20),
            Order.ABCD,
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty()),
        plant);
  }

  @Test
  void readsEveryKindOfValue() throws Exception {
    Plant plant =
        load(
            """
            edge: 007
            dataDir: /var/lib/plant
            uplink: {url: "ssl://cloud:8883", pause: 250ms}
            room: 2GiB
            order: cdab
            labels: {line: 4, hall: "B 2"}
            devices:
              press: {port: 502}
            mappings: [sensors/#, plant/#]
            spare: {host: 0.0.0.0}
            """);
    assertEquals("007", plant.edge(), "text stays as it was written");
    assertEquals(Path.of("/var/lib/plant"), plant.dataDir());
    assertEquals(URI.create("ssl://cloud:8883"), plant.uplink().url());
    assertEquals(Duration.ofMillis(250), plant.uplink().pause());
    assertEquals(new ByteSize(2L << 30), plant.room());
    assertEquals(Order.CDAB, plant.order());
    assertEquals(Map.of("line", "4", "hall", "B 2"), plant.labels());
    assertEquals(Map.of("press", new Listener("127.0.0.1", 502)), plant.devices());
    assertEquals(List.of("sensors/#", "plant/#"), plant.mappings());
    assertEquals(Optional.of(new Listener("0.0.0.0", 1883)), plant.spare());
  }

  @Test
  void letsOptionsWinOverVariablesOverTheFile() throws Exception {
    Files.writeString(file, "edge: pi-7\nmqtt: {host: '::1', port: 1}\n");
    var environment =
        Map.of(
            "EDGEFLOW_MQTT__PORT", "2",
            "EDGEFLOW_WINDOW__GRACE", "3s",
            "EDGEFLOW_DATA_DIR", "elsewhere",
            "EDGEFLOW_MAPPINGS", "a, b",
            "EDGEFLOW_LABELS__LINE", "7",
            "PATH", "/bin");
    Plant plant =
        new SettingsLoader(environment, home)
            .load(Plant.class, Optional.of(file), List.of("mqtt.port=3", "labels={hall: C}"))
            .value();
    assertEquals(new Listener("::1", 3), plant.mqtt());
    assertEquals(Duration.ofSeconds(3), plant.window().grace());
    assertEquals(home.resolve("elsewhere"), plant.dataDir());
    assertEquals(List.of("a", "b"), plant.mappings());
    assertEquals(Map.of("hall", "C"), plant.labels());
  }

  @Test
  void leavesTheVariablesOfLauncherAndBuildAlone() throws Exception {
    var environment =
        Map.of(
            "EDGEFLOW_JAVA_OPTS", "-Xmx1g",
            "EDGEFLOW_MVN_ARGS", "-o",
            "EDGEFLOW_BUILD", "never",
            "EDGEFLOW_HOME", "/x",
            "EDGEFLOW_CHROMIUM", "/x",
            "EDGEFLOW_TEST_KILLS", "25");
    Plant plant =
        new SettingsLoader(environment, home)
            .load(Plant.class, Optional.of(file), List.of())
            .value();
    assertEquals("pi-7", plant.edge());
  }

  @Test
  void reportsEveryFaultAtOnceWithPathValueRuleAndOrigin() throws IOException {
    Files.writeString(
        file,
        """
        mqtt:
          prot: 1
          port: 70000
        window: {length: 10}
        room: plenty
        order: BADC
        """);
    var loader = new SettingsLoader(Map.of("EDGEFLOW_UPLINK__PAUSE", "0s"), home);
    var refusal =
        assertThrows(
            SettingsException.class,
            () -> loader.load(Plant.class, Optional.of(file), List.of("uplink.url=a b", "port")));
    assertEquals(
        List.of(
            " = port: must be key=value (--set)".substring(3),
            "edge: is required",
            "mqtt.prot: is no setting; did you mean port? (%s:2)".formatted(file),
            "mqtt.port = 70000: must be 0 to 65535 (%s:3)".formatted(file),
            "uplink.url = a b: must be a URI such as tcp://host:1884 (--set)",
            "uplink.pause = 0s: must be at least 1ms (EDGEFLOW_UPLINK__PAUSE)",
            "window.length = 10: must be a duration such as 500ms (us, ms, s, m, h, d) (%s:4)"
                .formatted(file),
            "room = plenty: must be a size such as 64MiB (B, KiB, MiB, GiB, TiB) (%s:5)"
                .formatted(file),
            "order = BADC: must be one of abcd, cdab (%s:6)".formatted(file)),
        refusal.faults().stream().map(Fault::toString).toList());
    assertTrue(refusal.toString().contains("9 settings are wrong:\n  port: must"));
  }

  @Test
  void reportsEveryRuleThatARecordFindsBroken() {
    assertEquals(
        List.of(
            "window.grace = 2s: must be shorter than length (plant.yaml:2)",
            "window.length = 1s: must be even (plant.yaml:2)"),
        faults("edge: e\nwindow: {length: 1s, grace: 2s}\n"));
  }

  @Test
  void refusesAKeyThatIsSetTwiceAndTextThatIsNoYaml() {
    assertEquals(List.of("edge: is set twice (plant.yaml:2)"), faults("edge: a\nedge: b\n"));
    assertTrue(faults("edge: [a\n").getFirst().startsWith("is not YAML: "));
    assertEquals(List.of("edge: must be a single value (plant.yaml:1)"), faults("edge: [a]\n"));
    assertEquals(
        List.of("mqtt: must be a group of host, port (plant.yaml:2)"),
        faults("edge: a\nmqtt: [1]\n").stream().map(f -> f.replace(" = 1", "")).toList());
  }

  @Test
  void survivesAliasesThatWouldGrowWithoutBound() {
    assertFalse(faults("edge: a\nlabels: &l {a: *l}\n").isEmpty());
    assertFalse(faults("edge: a\nlabels: " + "[".repeat(5_000)).isEmpty());
  }

  @Test
  void namesTheFileThatIsNotThere() {
    Path missing = home.resolve("missing.yaml");
    var loader = new SettingsLoader(Map.of(), home);
    var refusal =
        assertThrows(
            SettingsException.class,
            () -> loader.load(Plant.class, Optional.of(missing), List.of("edge=e")));
    assertEquals(missing + ": there is no such file", refusal.faults().getFirst().toString());
  }

  @Test
  void takesSecretsByReferenceOnlyAndNeverShowsThem() throws Exception {
    Files.writeString(home.resolve("password"), "hunter2\n");
    var loader = new SettingsLoader(Map.of("LINK_PASSWORD", "swordfish"), home);
    var byFile =
        loader.load(Plant.class, Optional.of(file), List.of("uplink.password=file:password"));
    var byVariable =
        loader.load(Plant.class, Optional.of(file), List.of("uplink.password=env:LINK_PASSWORD"));
    assertEquals(Optional.of(new Secret("hunter2")), byFile.value().uplink().password());
    assertEquals(Optional.of(new Secret("swordfish")), byVariable.value().uplink().password());
    assertFalse((byFile + byFile.effective()).contains("hunter2"));
    var refusal =
        assertThrows(
            SettingsException.class,
            () -> loader.load(Plant.class, Optional.of(file), List.of("uplink.password=letmein")));
    assertEquals(
        "uplink.password = (hidden): must be a reference, file:PATH or env:NAME (--set)",
        refusal.faults().getFirst().toString());
  }

  @Test
  void printsEffectiveValuesThatLoadToTheSameTree() throws Exception {
    Files.writeString(
        file,
        """
        edge: "yes: it is"
        labels: {line: "4", empty: ''}
        devices: {press: {port: 502}}
        mappings: [sensors/#, 'b"c']
        """);
    Settings<Plant> first =
        new SettingsLoader(Map.of(), home).load(Plant.class, Optional.of(file), List.of());
    assertTrue(
        first.effective().contains("\nuplink:\n  url: tcp://127.0.0.1:1884\n  pause: 5ms\n"));
    assertTrue(first.effective().contains("\nroom: 64MiB\n"));
    assertEquals(first.value(), load(first.effective()));
  }

  @Test
  void takesBackASettingByAnEmptyOption() throws Exception {
    Files.writeString(file, "edge: e\nspare: {port: 1}\nmqtt: {port: 9}\n");
    Plant plant =
        new SettingsLoader(Map.of(), home)
            .load(Plant.class, Optional.of(file), List.of("spare=", "mqtt.port="))
            .value();
    assertEquals(Optional.empty(), plant.spare());
    assertEquals(1883, plant.mqtt().port());
  }

  private Plant load(String yaml) throws IOException, SettingsException {
    Files.writeString(file, yaml);
    return new SettingsLoader(Map.of(), home)
        .load(Plant.class, Optional.of(file), List.of())
        .value();
  }

  private List<String> faults(String yaml) {
    return assertThrows(SettingsException.class, () -> load(yaml)).faults().stream()
        .map(fault -> fault.toString().replace(file.toString(), "plant.yaml"))
        .toList();
  }
}
