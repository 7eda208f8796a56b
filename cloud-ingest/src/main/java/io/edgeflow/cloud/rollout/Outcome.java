package io.edgeflow.cloud.rollout;

import java.util.List;

/**
 * What a step comes to: to be stored together, orders and state.
 *
 * @param notes what is new for the history
 */
public record Outcome(RolloutState state, List<Order> orders, List<Note> notes) {
  public Outcome {
    orders = List.copyOf(orders);
    notes = List.copyOf(notes);
  }
}
