package io.edgeflow.gateway.outbox;

/**
 * What became of the frames of one lane since the data directory was made.
 *
 * @param framed everything that was numbered
 * @param offered frames numbered in blocks that may have been sent (J7)
 * @param delivered frames that the cloud's database committed
 * @param buffered frames without a verdict
 * @param coarse of those framed, frames that carry the readings of others once more (L7)
 */
public record LaneFigures(
    Amount framed,
    long offered,
    Amount delivered,
    Amount buffered,
    Amount superseded,
    Amount refused,
    Amount conflict,
    Amount dropped,
    Amount coarse) {

  /** A number of frames and the readings that they carry. */
  public record Amount(long frames, long readings) {}
}
