package io.edgeflow.cloud.rollout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class FleetSpecTest {
  private static final String LEAST =
      "{name: n, slot: health, model: m, version: 1.10, selector: {edges: ['*']}}";

  @Test
  void theSampleLoads() throws IOException {
    Path sample = Path.of(System.getProperty("edgeflow.home", ".."), "config", "fleet.yaml");
    FleetSpec spec = good(Files.readString(sample));
    assertEquals("pump-health 1.3.0", spec.name());
    assertEquals(Optional.of("1.3.0"), spec.version());
    assertEquals(Optional.of(Duration.ofMillis(5)), spec.gates().latencyP99());
    assertEquals("22:00", spec.windows().getFirst().from().toString());
    assertEquals(Optional.of(Duration.ofHours(8)), spec.mandate());
  }

  @Test
  void thePageNamesEveryKey() throws IOException {
    String page =
        Files.readString(Path.of(System.getProperty("edgeflow.home", ".."), "docs", "rollouts.md"));
    String table =
        page.substring(page.indexOf("## Fleet file"), page.indexOf("### Who begins when"));
    for (Class<?> group :
        List.of(FleetSpec.class, GateSpec.class, FleetSpec.Failures.class, Selector.class)) {
      for (var component : group.getRecordComponents()) {
        Key other = component.getAnnotation(Key.class);
        String key = other == null ? component.getName() : other.value();
        assertTrue(Pattern.compile("[`.]" + key + "[`.]").matcher(table).find(), key);
      }
    }
  }

  @Test
  void whatIsNotSaidLetsAnEngineerSleep() {
    FleetSpec spec = good("name: n\nslot: s\nmodel: m\nversion: '1.10'\nselector: {edges: '*'}\n");
    assertEquals("[1, 10%, 50%, 100%]", spec.waves().toString());
    assertEquals(Duration.ofMinutes(5), spec.shadow());
    assertEquals(Duration.ofMinutes(10), spec.soak());
    assertEquals(Duration.ofHours(24), spec.patience());
    assertEquals(Duration.ofMinutes(10), spec.silentAfter());
    assertEquals("50%", spec.enough().toString());
    assertEquals(
        new FleetSpec.Failures(new Amount(1, false), FleetSpec.Then.ROLLBACK), spec.failures());
    assertEquals(100, spec.gates().minRows());
    assertEquals(Optional.empty(), spec.gates().memory());
    assertEquals(Optional.empty(), spec.gates().latencyP99());
    assertEquals(0.01, spec.gates().nanRate());
    assertEquals(0.01, spec.gates().errorRate());
    assertEquals(new GateSpec.AlarmRate(3, 0.05), spec.gates().alarmRate());
    assertEquals(1, spec.gates().crashes());
    assertEquals(Optional.empty(), spec.mandate());
  }

  @Test
  void aVersionStaysText() {
    assertEquals(Optional.of("1.10"), good(yaml(LEAST)).version());
  }

  @Test
  void isWrittenAsTheJsonThatReadsAsIt() throws IOException {
    Path sample = Path.of(System.getProperty("edgeflow.home", ".."), "config", "fleet.yaml");
    FleetSpec spec = good(Files.readString(sample));
    assertEquals(spec, good(Documents.write(spec)));
  }

  @Test
  void allFaultsAreFoundAtOnce() {
    List<String> rules =
        faults(
            """
            name: n
            slot: s
            model: m
            version: 1
            selector: {edges: "*"}
            silentafter: 10m
            soak: 10 minutes
            waves: [1, 120%]
            gates: {alarmRate: {faktor: 3}}
            windows: [{days: [mo], from: "25:00", to: "05:00"}]
            """);
    assertEquals(6, rules.size(), rules::toString);
    assertTrue(rules.getFirst().contains("did you mean silentAfter?"), rules::toString);
    assertTrue(rules.toString().contains("gates.alarmRate.faktor"), rules::toString);
    assertTrue(rules.toString().contains("did you mean factor?"), rules::toString);
  }

  @Test
  void refusesWhatContradictsItself() {
    assertRefused("slot: s\nprogram: p\nmodel: m\nversion: 1\n", "either slot or program");
    assertRefused("slot: s\nmodel: m\n", "model and version, or digest");
    assertRefused("slot: s\nmodel: m\nversion: 1\nwaves: [50%, 10%]\n", "must rise");
    assertRefused("slot: s\nmodel: m\nversion: 1\nwaves: [0]\n", "at least 1 edge");
    assertRefused("slot: s\nmodel: m\nversion: 1\nwait: 5m\n", "longer than soak");
    assertRefused("slot: s\nmodel: m\nversion: 1\nsoak: 10500ms\n", "whole seconds");
    assertRefused("slot: s\nmodel: m\nversion: 1\nenough: 0\n", "at least 1");
    assertRefused(
        "slot: s\nmodel: m\nversion: 1\nshadow: 2h\nwindows: [{from: '22:00', to: '23:00'}]\n",
        "longer than shadow");
    assertTrue(
        faults("name: n\nslot: s\nmodel: m\nversion: 1\n").toString().contains("every edge is"));
  }

  @Test
  void aSizeWithoutAUnitIsNotTakenForMebibytes() {
    assertRefused("slot: s\nmodel: m\nversion: 1\ngates: {memory: 64}\n", "write 64MiB");
    assertRefused("slot: s\nmodel: m\nversion: 1\ngates: {memory: 900KiB}\n", "at least 1MiB");
    String least = "name: n\nselector: {edges: '*'}\nslot: s\nmodel: m\nversion: 1\n";
    assertEquals(
        Optional.of(ByteSize.parse("1MiB")),
        good(least + "gates: {memory: 1048576}\n").gates().memory());
  }

  @Test
  void anEmptyFileSaysWhatItNeeds() {
    for (String empty : List.of("", "\n", "# later\n\n")) {
      assertTrue(faults(empty).toString().contains("a name, a slot"), faults(empty)::toString);
    }
  }

  /** A database cannot hold some of these: the rollout would fail at each step, and all others. */
  @Test
  void refusesNamesThatNobodyCanWriteDown() {
    for (String name : List.of("a\\0b", "a\\nb")) {
      assertRefused("slot: \"" + name + "\"\nmodel: m\nversion: 1\n", "slot");
      assertRefused("program: \"" + name + "\"\nmodel: m\nversion: 1\n", "program");
      assertRefused("slot: s\nmodel: \"" + name + "\"\nversion: 1\n", "model");
      assertRefused("slot: s\nmodel: m\nversion: \"" + name + "\"\n", "version");
    }
  }

  @Test
  void aStrangersTextIsBounded() {
    String bomb =
        """
        a: &a [x,x,x,x,x,x,x,x,x,x]
        b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
        c: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
        """;
    assertTrue(faults(bomb).toString().contains("aliases"), faults(bomb)::toString);
  }

  private static void assertRefused(String rest, String rule) {
    List<String> rules = faults("name: n\nselector: {edges: '*'}\n" + rest);
    assertTrue(rules.toString().contains(rule), rules::toString);
  }

  /** The same without the brace that would make it JSON. */
  private static String yaml(String flow) {
    return "--- " + flow;
  }

  private static FleetSpec good(String text) {
    return switch (FleetSpec.read(text.getBytes(StandardCharsets.UTF_8), "fleet")) {
      case Document.Good<FleetSpec>(var spec) -> spec;
      case Document.Faulty<FleetSpec> faulty -> throw new AssertionError(faulty.toString());
    };
  }

  private static List<String> faults(String text) {
    return switch (FleetSpec.read(text.getBytes(StandardCharsets.UTF_8), "fleet")) {
      case Document.Faulty<FleetSpec>(var found) -> found.stream().map(Fault::toString).toList();
      case Document.Good<FleetSpec> good -> throw new AssertionError("taken: " + good.value());
    };
  }
}
