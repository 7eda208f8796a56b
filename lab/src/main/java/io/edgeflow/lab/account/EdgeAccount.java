package io.edgeflow.lab.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.Map;

/**
 * The edge's side of the ledger, as {@code GET /api/v1/ledger} of a gateway tells it.
 *
 * @param rejected, refused of all reasons
 */
public record EdgeAccount(
    long received,
    long accepted,
    long folded,
    long duplicate,
    long conflict,
    long pending,
    long rejected,
    long refused,
    long unstamped,
    Map<Lane, LaneAccount> lanes) {

  /** Frames and the readings in them. */
  public record Amount(long frames, long readings) {
    static Amount of(JsonNode node) {
      return new Amount(node.path("frames").asLong(), node.path("readings").asLong());
    }
  }

  /** One lane. */
  public record LaneAccount(
      Amount framed,
      Amount delivered,
      Amount buffered,
      Amount superseded,
      Amount refused,
      Amount conflict,
      Amount dropped) {
    static LaneAccount of(JsonNode node) {
      return new LaneAccount(
          Amount.of(node.path("framed")),
          Amount.of(node.path("delivered")),
          Amount.of(node.path("buffered")),
          Amount.of(node.path("superseded")),
          Amount.of(node.path("refused")),
          Amount.of(node.path("conflict")),
          Amount.of(node.path("dropped")));
    }
  }

  public static EdgeAccount of(JsonNode ledger) {
    Map<Lane, LaneAccount> lanes = new EnumMap<>(Lane.class);
    for (Lane lane : Lane.values()) {
      lanes.put(lane, LaneAccount.of(ledger.path("lanes").path(lane.word())));
    }
    return new EdgeAccount(
        ledger.path("received").asLong(-1),
        ledger.path("accepted").asLong(-1),
        ledger.path("folded").asLong(-1),
        ledger.path("duplicate").asLong(-1),
        ledger.path("conflict").asLong(),
        ledger.path("pending").asLong(-1),
        sum(ledger.path("rejected")),
        sum(ledger.path("refused")),
        ledger.path("unstamped").asLong(),
        lanes);
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }

  public LaneAccount lane(Lane lane) {
    LaneAccount account = lanes.get(lane);
    if (account == null) {
      throw new IllegalStateException("no lane " + lane);
    }
    return account;
  }

  /** Frames without a verdict, of all lanes. */
  public long buffered() {
    return lanes.values().stream().mapToLong(lane -> lane.buffered().frames()).sum();
  }

  /** Nothing is left here that the cloud does not have. */
  public boolean delivered() {
    return pending == 0 && buffered() == 0;
  }
}
