package io.edgeflow.wire.frame;

import io.edgeflow.aggregator.window.Window;

/**
 * @param series index into the frame's list of series, of a windowed kind
 */
public record WindowRow(int series, Window window) {}
