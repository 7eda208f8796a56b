package io.edgeflow.lab.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SimTest {
  private static final long START = 1_763_672_400_000_000L;

  private final StringWriter out = new StringWriter();

  private int run(String... args) {
    return new CommandLine(new Sim())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(args);
  }

  @Test
  void takesAnyNumberOfFaults() {
    assertEquals(
        0,
        run("--layout", "--fault=cavitation", "--at=5s", "--fault=cavitation", "--pump=2"),
        out::toString);
  }

  @Test
  void refusesAFaultThatCannotBe() {
    assertEquals(2, run("--layout", "--fault=cavitation", "--pump=3"));
    assertTrue(out.toString().contains("there are [1, 2]"), out::toString);
    assertEquals(2, run("--layout", "--fault=cavitation", "--every=10s", "--lasting=11s"));
    assertEquals(2, run("--layout", "--fault=cavitation", "--cavitate-every=1m"));
    assertEquals(2, run("--layout", "--at=5s"));
    assertEquals(2, run("--layout", "--cavitate-every=500ms"));
  }

  @Test
  void itsHelpTeachesBothWays() {
    assertEquals(0, run("--help"));
    String help = out.toString();
    assertTrue(help.contains("edgeflow sim --fault cavitation --pump 1 --at 30s"), help);
    assertTrue(help.contains("a slow pump does not"), help);
    assertTrue(help.contains("--lasting=DURATION"), help);
  }

  @Test
  void tellsWhatChangesAtThePumps() {
    FaultPlan plan =
        FaultPlan.of(
            List.of(
                new FaultPlan.Fault(
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(20),
                    Optional.empty(),
                    Optional.empty())));
    var layout = PlantLayout.of(1, 2, plan);
    var watch = new PumpWatch(layout.pumps());
    plan.begin(START);

    assertEquals(List.of(), watch.look(START + 9_000_000));
    assertEquals(List.of("pump-2 begins to cavitate"), watch.look(START + 12_000_000));
    layout.pumps().get(1).drive().slow(true, START + 12_000_000);
    assertEquals(
        List.of("pump-2 cavitates no more", "pump-2 is slowed down by coil 2"),
        watch.look(START + 14_000_000));
    layout.pumps().get(1).drive().slow(false, START + 40_000_000);
    assertEquals(List.of("pump-2 is set back by coil 2"), watch.look(START + 42_000_000));
  }
}
