package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;

/**
 * @param linger how long a closed window waits for others to share its frame (T4)
 */
public record FrameConfig(@Default("500ms") @Range(min = "0s", max = "1m") Duration linger) {}
