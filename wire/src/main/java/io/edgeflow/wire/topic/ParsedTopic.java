package io.edgeflow.wire.topic;

import io.edgeflow.wire.frame.Lane;
import org.jspecify.annotations.Nullable;

/**
 * @param lane of frames; null for every other channel
 */
public record ParsedTopic(String edge, Channel channel, @Nullable Lane lane) {}
