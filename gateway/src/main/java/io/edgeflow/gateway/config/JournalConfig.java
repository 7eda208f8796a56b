package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * @param commitInterval least time between two syncs while an acknowledgement waits
 * @param idleCommitInterval time between two syncs while nobody waits: flash wears
 * @param segmentBytes size of one journal file; files are deleted whole
 */
public record JournalConfig(
    @Default("5ms") @Range(min = "0s", max = "1s") Duration commitInterval,
    @Default("1s") @Range(min = "10ms", max = "1m") Duration idleCommitInterval,
    @Default("32MiB") @Range(min = "64KiB", max = "1GiB") ByteSize segmentBytes) {}
