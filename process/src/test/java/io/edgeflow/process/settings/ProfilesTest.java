package io.edgeflow.process.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProfilesTest {
  record Point(int address, @Default("1") double scale, @Default("") String unit) {}

  record Device(@Default("1") int unitId, Map<String, Point> points) {}

  @Profiled("devices")
  record Bus(Map<String, Device> devices) {}

  @Fragments("conf.d")
  record Plant(@Default("a") String edge, Bus bus, List<String> tags) {}

  @TempDir private Path home;

  @BeforeEach
  void folder() throws Exception {
    Files.createDirectory(home.resolve("conf.d"));
  }

  @Test
  void thirtyMetersAreOneProfileAndThirtyLines() throws Exception {
    var yaml = new StringBuilder();
    yaml.append("bus:\n  profiles:\n    meter:\n      variables: {ratio: 1}\n      points:\n");
    yaml.append("        power: {address: 10, scale: \"${ratio}\", unit: kW}\n");
    yaml.append("        energy: {address: 20}\n  devices:\n");
    for (int i = 1; i <= 30; i++) {
      yaml.append(
          "    meter-%d: {profile: meter, unitId: %d, with: {ratio: %d}}\n".formatted(i, i, i));
    }
    Bus bus = load(yaml.toString()).bus();

    assertEquals(30, bus.devices().size());
    for (int i = 1; i <= 30; i++) {
      assertEquals(
          new Device(i, Map.of("power", new Point(10, i, "kW"), "energy", new Point(20, 1, ""))),
          bus.devices().get("meter-" + i));
    }
  }

  @Test
  void anEntryAddsToItsProfileAndOverridesIt() throws Exception {
    Bus bus =
        load("""
        bus:
          profiles:
            meter: {unitId: 9, points: {power: {address: 10, unit: kW}}}
          devices:
            a: {profile: meter, points: {power: {scale: 0.5}, flow: {address: 3}}}
            b: {points: {x: {address: 1}}}
        """)
            .bus();

    assertEquals(
        new Device(9, Map.of("power", new Point(10, 0.5, "kW"), "flow", new Point(3, 1, ""))),
        bus.devices().get("a"));
    assertEquals(new Device(1, Map.of("x", new Point(1, 1, ""))), bus.devices().get("b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {m: {profile: metre}}                 | bus.devices.m.profile = metre: names no profile; did you mean meter?
          {m: {profile: meter}}                 | bus.devices.m.points.p.address = ${base}: uses ${base}, which with: does not say
          {m: {profile: meter, with: {base: x}}}| bus.devices.m.points.p.address = x: must be a whole number
          {m: {profile: meter, with: {base: 1, bass: 2}}} | bus.devices.m.with.bass: is no variable of the profile
          {m: {with: {base: 1}}}                | bus.devices.m.with: needs a profile
          {m: {profile: meter, with: 1}}        | bus.devices.m.with = 1: must be a group of variables
          """)
  void tellsWhatIsWrongWithAProfile(String devices, String fault) {
    String yaml =
        "{bus: {profiles: {meter: {points: {p: {address: \"${base}\"}}}}, devices: "
            + devices
            + "}}";
    var refusal = assertThrows(SettingsException.class, () -> load(yaml));

    String said = refusal.faults().getFirst().toString();
    assertEquals(fault, said.substring(0, Math.min(said.length(), fault.length())), said);
  }

  @Test
  void theFilesOfTheFolderComeTogetherInTheOrderOfTheirNames() throws Exception {
    Files.writeString(
        home.resolve("conf.d/20-hall.yaml"), "{bus: {devices: {b: {unitId: 2}}}, tags: [z]}");
    Files.writeString(
        home.resolve("conf.d/10-roof.yaml"), "{bus: {devices: {c: {unitId: 3}}}, tags: [y]}");
    Files.writeString(home.resolve("conf.d/notes.txt"), "no YAML");
    Plant plant = load("{edge: x, bus: {devices: {a: {unitId: 1}}}, tags: [w]}");

    assertEquals(List.of("a", "c", "b"), List.copyOf(plant.bus().devices().keySet()));
    assertEquals(List.of("w", "y", "z"), plant.tags());
  }

  @Test
  void aProfileOfOneFileServesAnother() throws Exception {
    Files.writeString(
        home.resolve("conf.d/meters.yaml"), "{bus: {profiles: {meter: {unitId: 7}}}}");

    assertEquals(
        new Device(7, Map.of()),
        load("{bus: {devices: {a: {profile: meter}}}}").bus().devices().get("a"));
  }

  @Test
  void aValueInTwoFilesIsAFaultThatNamesBoth() throws Exception {
    Files.writeString(home.resolve("conf.d/x.yaml"), "{edge: b}");
    var refusal = assertThrows(SettingsException.class, () -> load("{edge: a}"));

    String said = refusal.faults().getFirst().toString();
    assertEquals("edge = b: is set in ", said.substring(0, 20), said);
    assertEquals(true, said.contains("main.yaml:1 already") && said.contains("x.yaml:1)"), said);
  }

  private Plant load(String yaml) throws Exception {
    Path file = Files.writeString(home.resolve("main.yaml"), yaml);
    return new SettingsLoader(Map.of(), home)
        .load(Plant.class, Optional.of(file), List.of())
        .value();
  }
}
