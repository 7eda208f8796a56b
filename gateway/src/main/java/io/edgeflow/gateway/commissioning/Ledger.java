package io.edgeflow.gateway.commissioning;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The account of this edge since its data directory was made (A6). Readings, except in {@code
 * lanes}.
 *
 * @param folded in a numbered window or change
 * @param conflict, unstamped, unverifiable sub-counts of accepted
 * @param pending accepted and not yet numbered
 * @param rejected by the word of the reason; bad input
 * @param refused by the word of the reason; good input that found a limit
 * @param reports what goes onto the raw lane
 * @param lanes by the lane's word
 */
public record Ledger(
    String edge,
    long received,
    long accepted,
    long folded,
    long duplicate,
    long conflict,
    long pending,
    Map<String, Long> rejected,
    Map<String, Long> refused,
    long unstamped,
    long unverifiable,
    Reports reports,
    Map<String, Lane> lanes) {

  /** Frames and the readings that they carry. */
  public record Amount(long frames, long readings) {}

  /**
   * The readings of the raw lane, all of which are in windows or changes as well.
   *
   * @param reported accepted readings that the report policies chose
   * @param waiting those of them that are in no numbered frame yet
   * @param fetched sent because somebody asked for them
   */
  public record Reports(long reported, long waiting, long fetched) {}

  /**
   * What became of the frames of one lane.
   *
   * @param framed numbered; the sum of those that follow, offered apart
   * @param offered frames that may have been sent (J7)
   * @param delivered committed by the cloud's database
   * @param buffered without a verdict
   * @param coarse of those framed: windows that lost resolution for want of room; they carry the
   *     readings of the superseded frames once more (L7)
   */
  public record Lane(
      Amount framed,
      long offered,
      Amount delivered,
      Amount buffered,
      Amount superseded,
      Amount refused,
      Amount conflict,
      Amount dropped,
      Amount coarse) {}

  public Ledger {
    rejected = Collections.unmodifiableMap(new TreeMap<>(rejected));
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
  }

  public long rejectedTotal() {
    return sum(rejected);
  }

  public long refusedTotal() {
    return sum(refused);
  }

  /** Whether nothing is missing: received and accepted are the sums of their parts. */
  @JsonProperty
  public boolean balanced() {
    return received == accepted + rejectedTotal() + refusedTotal()
        && accepted == folded + duplicate + pending;
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
