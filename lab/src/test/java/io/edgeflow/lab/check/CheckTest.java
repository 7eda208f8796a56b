package io.edgeflow.lab.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.lab.child.Ports;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.EmbeddedBroker;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class CheckTest {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private ServerSocket cloud;

  @BeforeEach
  void somebodyAnswers() throws IOException {
    cloud = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void nobodyAnswers() throws IOException {
    cloud.close();
  }

  @Test
  void saysWhatAGatewayWouldDoWhenAllIsWell() throws IOException {
    int code = check(gateway(cloud.getLocalPort()), "--show");
    assertEquals(ExitCodes.DONE, code, this::said);
    says("gateway pi-7: the settings are right");
    says("edge: pi-7");
    says("ok    uplink 127.0.0.1:" + cloud.getLocalPort() + ": answers");
    says("take readings published to sensors/<device>/<point...>");
    says("send windows of 1m to tcp://127.0.0.1:" + cloud.getLocalPort());
    assertFalse(Files.exists(folder.resolve("data")), "a check makes nothing");
  }

  private static final String MAPPINGS =
      """
      edge: pi-7
      mappings:
        - topic: sensors/<device>/<point...>
        - topic: plant/<line>/<device>/data
          format: json
          series: "<line>-<device>/<point>"
          points: { flow: { path: $.flow, unit: l/min }, on: { path: $.on } }
          time: { path: $.ts }
          retained: ignore
      series: [{ match: "*/temp", unit: degC }]
      """;

  @Test
  void saysWhatAMessageWouldBecome() throws IOException {
    String payload = "{\"flow\":21.5,\"on\":false,\"ts\":1763672400}";
    assertEquals(
        ExitCodes.DONE, check(MAPPINGS, "--topic", "plant/4/press/data", "--payload", payload));
    says("mapping  mappings[1], plant/<line>/<device>/data");
    says("reading  4-press/flow = 21.5 l/min, gauge, at 2025-11-20T21:00:00Z, good");
    says("reading  4-press/on = 0.0, state, at 2025-11-20T21:00:00Z, good");
    Path file = Files.writeString(folder.resolve("payload"), "61");
    check(MAPPINGS, "--topic", "sensors/press/temp", "--payload-file", file.toString());
    says("reading  press/temp = 61.0 degC, gauge, at the time of arrival, good");
  }

  @Test
  void saysWhichStampsCannotBe() throws IOException {
    Instant ahead = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    String[] message = {
      "--topic",
      "plant/4/press/data",
      "--payload",
      "{\"flow\":1,\"ts\":%d}".formatted(ahead.getEpochSecond())
    };
    assertEquals(ExitCodes.DONE, check(MAPPINGS, message));
    says(
        "reading  4-press/flow = 1.0 l/min, gauge, at the time of arrival (its own, %s, cannot be),"
                .formatted(ahead)
            + " uncertain");
    check(MAPPINGS + "time: { maxFuture: 2h }\n", message);
    says("reading  4-press/flow = 1.0 l/min, gauge, at %s, good".formatted(ahead));
  }

  @Test
  void saysWhichOtherFilesItRead() throws IOException {
    Path more = Files.createDirectory(folder.resolve("conf.d")).resolve("10-hall.yaml");
    Files.writeString(more, "series: [{ match: '*/temp', unit: degC }]\n");
    check(gateway(cloud.getLocalPort()));
    says("read its settings from " + more + " too");
  }

  @Test
  void saysWhyNothingWouldComeOfAMessage() throws IOException {
    assertEquals(
        ExitCodes.FAILED, check(MAPPINGS, "--topic", "plant/4/press/status", "--payload", "1"));
    says("mapping  none");
    says("the nearest is plant/<line>/<device>/data: level 4 is status, not data");
    check(MAPPINGS, "--topic", "plant/4/press/data", "--payload", "{\"flow\":null}");
    says("rejected not-a-number of 4-press/flow: null instead of a value");
    check(MAPPINGS, "--topic", "plant/4/press/data", "--payload", "21.5");
    says("nothing  unparseable: nothing is where the mapping looks for values");
    check(MAPPINGS, "--topic", "plant/4/press/data", "--payload", "{}", "--retained");
    says("nothing  retained: ");
    check(MAPPINGS, "--topic", "edgeflow/v1/pi-7/hello", "--payload", "1");
    says("nothing  not-ours: ");
  }

  /** What an alias means no single message tells. */
  @Test
  void saysThatNoMappingReadsSparkplug() throws IOException {
    String[] message = {"--topic", "spBv1.0/plant/NDATA/edge-1", "--payload", "x"};
    check(MAPPINGS, message);
    says("nothing  no-mapping: ");
    check(MAPPINGS + "sparkplug: { enabled: true }\n", message);
    says("nothing  sparkplug: ");
  }

  @Test
  void saysWhatAMessageWouldBecomeInJson() throws IOException {
    check(MAPPINGS, "--json", "--topic", "sensors/a/b", "--payload", "1");
    says("\"mapping\":0");
    says("\"series\":\"a/b\",\"value\":1.0");
    assertEquals(ExitCodes.WRONG_USE, check(MAPPINGS, "--topic", "sensors/a/b"));
    assertEquals(
        ExitCodes.WRONG_USE,
        check(MAPPINGS, "--topic", "a/b", "--payload-file", folder.resolve("none").toString()));
  }

  @Test
  void asksOtherBrokersWhetherTheyLetTheSourceIn() throws Exception {
    String yaml = gateway(cloud.getLocalPort()).strip();
    String address;
    try (var broker = EmbeddedBroker.start(BrokerSettings.of("127.0.0.1", 0), services -> {})) {
      address = "tcp://127.0.0.1:" + broker.port();
      yaml =
          yaml.substring(0, yaml.length() - 1)
              + ", sources: {hall-2: {url: '%s', topics: ['sensors/#']}}}".formatted(address);
      assertEquals(ExitCodes.DONE, check(yaml), this::said);
      says("ok    source hall-2 " + address + ": lets us in, by MQTT 5");
      says("read sensors/# of the broker " + address + " as its client");
    }
    assertEquals(ExitCodes.FAILED, check(yaml), this::said);
    says("FAIL  source hall-2 " + address + ": cannot connect: Connection refused");
  }

  @Test
  void saysWhatIsAtRiskAndWhatItCosts() throws IOException {
    check(gateway(cloud.getLocalPort()));
    says("acknowledge a reading when it is on the disk, after 5ms or a little more");
    says("of windows at full resolution fit into buffer.maxBytes");
    says("write to the flash: about ");
    says("assumed: 100 sensors with one reading a second");
  }

  @Test
  void showsTheSizesThatAreComputedFromTheVolume() throws IOException {
    check(gateway(cloud.getLocalPort()), "--show", "--set", "buffer.maxBytes=8MiB");
    says("      maxBytes: 8MiB\n");
    says("      reserve: 1MiB # computed: the least of 64 MiB and an eighth of maxBytes");
    says("      freeSpaceFloor: ");
    says("computed: the larger of 1 GiB and 5 % of the volume");
    says("      keepDelivered: 2d\n");
  }

  @Test
  void warnsOfABudgetThatIsLargerThanTheVolume() throws IOException {
    String settings = gateway(cloud.getLocalPort());
    assertEquals(ExitCodes.DONE, check(settings, "--set", "buffer.maxBytes=900TiB"), this::said);
    says("warn  buffer.maxBytes (900 TiB) is larger than the volume of dataDir (");
    says("of windows at full resolution fit into the room on its volume (");
    assertFalse(said().contains("about more"), this::said);
  }

  @Test
  void saysWhatANodeWouldDo() throws IOException {
    String settings =
        """
        node: jetson-1
        dataDir: "%s"
        gateway: { url: "tcp://127.0.0.1:%d" }
        http: { port: 0 }
        scoring: [{ slot: wear, bundle: "%s" }]
        """
            .formatted(folder.resolve("node"), cloud.getLocalPort(), folder.resolve("none"));
    assertEquals(ExitCodes.FAILED, check(settings), this::said);
    says("inference jetson-1: the settings are right");
    says("ok    gateway 127.0.0.1:" + cloud.getLocalPort() + ": answers");
    says("FAIL  bundle of slot wear: ");
    says("read sensors/<device>/<point...> of the gateway");
    says("score with none in slot wear and write sensors/<device>/wear.score");
    assertEquals(ExitCodes.WRONG_USE, check(settings + "shares: {}\n"));
    assertTrue(err.toString().contains("did you mean share?"), err::toString);
  }

  @Test
  void saysWhetherTheBundlesOfItsSlotsAreInOrder() throws IOException {
    Path bundle = Files.createDirectories(folder.resolve("wear"));
    Files.writeString(
        bundle.resolve("manifest.json"),
        """
        {"schema": 1, "name": "bearing-wear", "version": "2.1",
         "input": {"kind": "latest-vector", "series": ["{device}/flow"]}, "outputs": [{"name": "s"}]}
        """);
    Files.writeString(bundle.resolve("model.onnx"), "nothing loads it");
    Files.writeString(
        bundle.resolve("golden.json"),
        """
        {"schema": 1, "model": "bearing-wear", "vectors": [{"name": "one", "subject": "a",
          "readings": ["a/flow,1000000,4"], "expected": [{"time": 1000000, "scores": [1]}]}]}
        """);
    String slots =
        ", scoring: [{slot: wear, bundle: \"%s\", shadow: \"%s\"}]}"
            .formatted(bundle, folder.resolve("nowhere"));
    String settings = gateway(cloud.getLocalPort()).strip();
    settings = settings.substring(0, settings.length() - 1) + slots;
    assertEquals(ExitCodes.FAILED, check(settings), this::said);
    says("ok    bundle of slot wear: bearing-wear 2.1 (");
    says("1 golden vectors, in order");
    says("FAIL  shadow of slot wear: " + folder.resolve("nowhere") + ": is no folder");
    says("score with wear in slot wear, in the gateway's process");
  }

  /** The series that a model scores each on its own stands in the place of the device. */
  @Test
  void warnsOfAlarmsThatNoScoreCanRaiseAndThresholdsWithoutOne() throws IOException {
    Path bundle = Files.createDirectories(folder.resolve("jumps"));
    Files.writeString(
        bundle.resolve("manifest.json"),
        """
        {"schema": 1, "name": "jumps", "version": "1",
         "input": {"kind": "sliding-window", "series": "oven-1/*", "length": 4},
         "outputs": [{"name": "s"}],
         "thresholds": [{"name": "unusual", "output": "s", "value": 1.5, "min": 0, "max": 9}]}
        """);
    Files.writeString(bundle.resolve("model.onnx"), "nothing loads it");
    Files.writeString(bundle.resolve("golden.json"), "{}");
    String more =
        """
        , scoring: [{slot: jumps, bundle: "%s"}],
          alarms: [{name: odd, series: '%s', limits: {hh: 1.5}}]}
        """;
    String yaml = gateway(cloud.getLocalPort()).strip();
    yaml = yaml.substring(0, yaml.length() - 1);
    check(yaml + more.formatted(bundle, "pump-?/jumps.score"));
    says("write the scores oven-1/*/jumps.score");
    says(
        "warn  alarm odd.hh is on pump-?/jumps.score, which slot jumps never writes: its scores are"
            + " oven-1/*/jumps.score");
    says("warn  threshold unusual 1.5 of slot jumps raises no alarm by itself: name it in alarms");
    out.getBuffer().setLength(0);
    check(yaml + more.formatted(bundle, "oven-?/*/jumps.score"));
    assertFalse(said().contains("warn  alarm odd"), this::said);
    assertFalse(said().contains("warn  threshold"), this::said);
  }

  @Test
  void warnsOfAPromiseThatIsOff() throws IOException {
    check(gateway(cloud.getLocalPort()), "--set", "journal.acknowledge=received");
    says("PROMISE OFF: a power cut or a crash takes the acknowledged readings of the last 10 ms");
  }

  @Test
  void saysWhichAlarmsAndActionsThereWouldBe() throws IOException {
    String more =
        """
        , alarms: [{name: flow, series: '*/flow', limits: {hh: 45}, priority: high}],
        actions: [{name: lamp, when: {series: pump-7/flow, alarm: flow.hh}, dryRun: true,
                   mqtt: {topic: plant/lamp, on: red, off: green}}]}
        """;
    String yaml = gateway(cloud.getLocalPort()).strip();
    int code = check(yaml.substring(0, yaml.length() - 1) + more);
    assertEquals(ExitCodes.DONE, code, this::said);
    says("raise flow.hh on */flow: limit-hh 45.0, priority critical");
    says("switch plant/lamp from green to red by alarm flow.hh of pump-7/flow; a dry run");
  }

  @Test
  void reportsEveryFaultOfAlarmsAndActions() throws IOException {
    assertEquals(
        ExitCodes.WRONG_USE,
        check(
            "{edge: pi-7, alarms: [{name: a, series: x, stale: 1ms}, {name: B, series: x}],"
                + " actions: [{name: c, when: {series: a/b, above: 1}}]}"));
    says("alarms[0].stale = 1ms: must be 1s to 30d");
    says("alarms[1].name = B: must be 1 to 40 lower-case");
    says("alarms[1]: must have exactly one of limits, rate, stale and state");
    says("actions[0]: must have exactly one of modbus and mqtt");
  }

  @Test
  void failsWhenSomethingNamedDoesNotAnswer() throws IOException {
    int gone = Ports.free();
    assertEquals(ExitCodes.FAILED, check(gateway(gone)), this::said);
    says("FAIL  uplink 127.0.0.1:" + gone);
    says("the gateway would start and keep frames until then");
  }

  @Test
  void failsWhenAPortIsTakenAndAFolderCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    String taken =
        gateway(cloud.getLocalPort())
            .replace("{port: 0, host: localhost}", "{port: " + cloud.getLocalPort() + "}")
            .replace(folder + "/data", file + "/data");
    assertEquals(ExitCodes.FAILED, check(taken), this::said);
    says("FAIL  mqtt 127.0.0.1:" + cloud.getLocalPort());
    says("set another mqtt.port");
    says("is no writable folder");
  }

  @Test
  void reportsEveryFaultOfAGateway() throws IOException {
    assertEquals(ExitCodes.WRONG_USE, check("{edge: pi-7, mqqt: {}, window: {length: 7s}}"));
    says("2 settings are wrong");
    says("mqqt: is no setting; did you mean mqtt?");
    says("window.length = 7s: must divide one hour");
  }

  @Test
  void knowsACloudByItsContent() throws IOException {
    String yaml =
        "{dataDir: %s/data, mqtt: {port: 0}, http: {port: 0}, database: {}}".formatted(folder);
    assertEquals(ExitCodes.DONE, check(yaml), this::said);
    says("cloud: the settings are right");
    says("run a PostgreSQL of its own");
  }

  @Test
  void triesTheKeysOfACloudAndSaysWhatItCouldDoWithThem() throws IOException {
    String yaml = "{dataDir: %s/data, mqtt: {port: 0}, http: {port: 0}, deploy: {%s}}";
    check(yaml.formatted(folder, "audience: plant"));
    says("publish no models: deploy.root names no root.pub");
    SigningKey key = SigningKey.generate();
    Path root = Files.writeString(folder.resolve("root.pub"), key.verifying() + "\n");
    assertEquals(ExitCodes.DONE, check(yaml.formatted(folder, "root: " + root)), this::said);
    says("ok    deploy.root " + root + ": the root " + key.verifying().id());
    says("publish models, and roll out none");
    String both = "root: %s, signingKey: %s".formatted(root, root);
    assertEquals(ExitCodes.FAILED, check(yaml.formatted(folder, both)), this::said);
    says("FAIL  deploy.signingKey " + root);
  }

  @Test
  void reportsTheFaultsOfACloudAsTheCloudWould() throws IOException {
    assertEquals(ExitCodes.WRONG_USE, check("{database: {urll: x}, limits: {maxSeries: 0}}"));
    says("database.urll: is no setting; did you mean url?");
    assertFalse(said().contains("edge"), this::said);
  }

  @Test
  void failsWhenTheDatabaseDoesNotAnswer() throws IOException {
    int gone = Ports.free();
    String yaml =
        "{dataDir: %s, mqtt: {port: 0}, http: {port: 0}, database: {url: '%s'}}"
            .formatted(folder, "jdbc:postgresql://127.0.0.1:" + gone + "/edgeflow");
    assertEquals(ExitCodes.FAILED, check(yaml), this::said);
    says("FAIL  database jdbc:postgresql:");
  }

  @Test
  void answersInJsonToo() throws IOException {
    check(gateway(cloud.getLocalPort()), "--json");
    says("{\"process\":\"gateway pi-7\",\"findings\":[{\"ok\":true,");
    check("{edge: ''}", "--json");
    says("{\"faults\":[{\"path\":");
  }

  private String gateway(int uplinkPort) {
    return """
    {edge: pi-7, dataDir: "%s/data", mqtt: {port: 0, host: localhost}, http: {port: 0},
     uplink: {url: "tcp://127.0.0.1:%d"}}
    """
        .formatted(folder, uplinkPort);
  }

  private int check(String yaml, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("settings.yaml"), yaml);
    var line =
        new CommandLine(new Check())
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true));
    var arguments = new ArrayList<>(List.of("--config", file.toString()));
    arguments.addAll(List.of(more));
    return line.execute(arguments.toArray(String[]::new));
  }

  private String said() {
    return out + "\n" + err;
  }

  private void says(String text) {
    assertTrue(said().contains(text), () -> text + " is not in\n" + said());
  }
}
