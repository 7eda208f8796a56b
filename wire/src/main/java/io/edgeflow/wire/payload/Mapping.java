package io.edgeflow.wire.payload;

/**
 * Which topics are readings: {@code <prefix>/<device>} and {@code <prefix>/<device>/<point...>}.
 *
 * @param prefix fixed levels without the slash behind them: {@code sensors}
 * @param keepFirst whether a second value with the same stamp is dropped instead of kept (I1)
 */
public record Mapping(String prefix, boolean keepFirst) {}
