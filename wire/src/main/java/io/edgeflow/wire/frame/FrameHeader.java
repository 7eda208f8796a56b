package io.edgeflow.wire.frame;

/**
 * What a frame says in clear, ahead of its compressed content. Its fields are as its sender wrote
 * them; only {@link FrameCodec#decode} proves them.
 *
 * @param version of the frame format
 * @param contentBytes length of the content once unpacked
 * @param frameBytes length of the whole frame
 * @param identity see {@link Decoded.Accepted}
 */
public record FrameHeader(
    int version,
    String edge,
    FrameId id,
    long createdMicros,
    long readings,
    long runningTotal,
    int identity,
    int contentBytes,
    int frameBytes) {}
