package io.edgeflow.lab.sim;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One fault, as somebody asks for it. */
final class FaultOptions {
  /** What can go wrong. */
  enum Kind {
    CAVITATION
  }

  @SuppressWarnings("UnusedVariable") // There is one kind so far, and it must be named.
  @Option(names = "--fault", required = true, description = "What goes wrong: cavitation.")
  private @Nullable Kind kind;

  @Option(names = "--pump", paramLabel = "N", description = "Which pump, from 1 (default: 1).")
  private @Nullable Integer pump;

  @Option(
      names = "--at",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "After the start (default: 10s).")
  private @Nullable Duration at;

  @Option(
      names = "--lasting",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "How long (default: 20s).")
  private @Nullable Duration lasting;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Again after that time (default: once).")
  private @Nullable Duration every;

  @Option(
      names = "--cured-after",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "It ends earlier once the pump was slowed down for so long.")
  private @Nullable Duration curedAfter;

  int pump() {
    return pump == null ? 1 : pump;
  }

  /** Whether it is over before it comes again. */
  boolean fits() {
    return every == null || every.compareTo(fault().lasting()) >= 0;
  }

  FaultPlan.Fault fault() {
    return new FaultPlan.Fault(
        pump(),
        at == null ? Duration.ofSeconds(10) : at,
        lasting == null ? Duration.ofSeconds(20) : lasting,
        Optional.ofNullable(every),
        Optional.ofNullable(curedAfter));
  }
}
