package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.RolloutPanel;
import io.edgeflow.gateway.scoring.ScoringLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What an agent needs of the gateway.
 *
 * @param models the slots
 * @param bundles where models come from
 * @param installer of programs
 * @param log takes events
 * @param nanos monotonic time
 * @param believed the time of day, if the clock is believed
 * @param residentBytes of the process; -1 where the system does not tell
 * @param tick how often it looks at what it watches
 */
public record AgentPorts(
    RolloutPanel models,
    BundleSource bundles,
    ApplicationInstaller installer,
    ScoringLog log,
    LongSupplier nanos,
    Supplier<Optional<Instant>> believed,
    LongSupplier residentBytes,
    Duration tick) {}
