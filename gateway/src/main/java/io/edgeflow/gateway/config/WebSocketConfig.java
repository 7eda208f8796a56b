package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Range;

/**
 * MQTT over WebSocket, beside the plain listener and by its rules.
 *
 * @param port of the same host; 0 takes a free one
 */
public record WebSocketConfig(@Range(min = "0", max = "65535") int port) {}
