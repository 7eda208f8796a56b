package io.edgeflow.inference.scoring;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotModel;

/** A bundle that was read, and what loads its model here. */
public record ScoredModel(Bundle bundle, SlotModel slotModel) {
  public ModelIdentity identity() {
    return slotModel.identity();
  }
}
