package io.edgeflow.gateway.scoring;

import io.edgeflow.gateway.commissioning.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The models of a gateway, for whoever shows and changes them. Any thread. */
public interface ModelPanel {
  /** Each slot, in the order of the configuration; waits for no model. */
  List<Status.Model> models();

  /**
   * Has a change made, after those that were asked for before. A load takes up to two minutes.
   *
   * @param slot its name
   */
  Asked ask(String slot, ModelCommand command, Said by);

  /**
   * @param id of the change in the slot's list of changes; 0 where there is no such slot
   */
  record Asked(long id, CompletableFuture<ModelOutcome> outcome) {
    /** There is no such slot. */
    public static Asked unknown() {
      return new Asked(0, CompletableFuture.completedFuture(new ModelOutcome.Unknown()));
    }
  }
}
