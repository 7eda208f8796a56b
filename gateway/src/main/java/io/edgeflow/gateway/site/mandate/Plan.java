package io.edgeflow.gateway.site.mandate;

import io.edgeflow.wire.document.DesiredSlot;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A mandate that was found to be genuine, with its documents read.
 *
 * @param digest of the mandate's signed bytes
 */
public record Plan(
    String digest,
    String rollout,
    long issuedMicros,
    Duration lasts,
    Duration patience,
    int failuresAllowed,
    List<List<Seat>> waves) {
  public Plan {
    waves = waves.stream().map(List::copyOf).toList();
  }

  /** One edge, with its way there and back. */
  public record Seat(String edge, Order forward, Order back) {}

  /**
   * A signed document.
   *
   * @param digest as a report echoes it (R4)
   * @param signed to be published as it is
   * @param slots those of the mandate's rollout
   */
  public record Order(long number, String digest, String signed, List<DesiredSlot> slots) {
    public Order {
      slots = List.copyOf(slots);
    }
  }

  /** Those of the first waves. */
  Stream<Seat> seats(int firstWaves) {
    return waves.subList(0, Math.min(firstWaves, waves.size())).stream().flatMap(List::stream);
  }

  Stream<Seat> seats() {
    return seats(waves.size());
  }
}
