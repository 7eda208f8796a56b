package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.scoring.ServiceFigures;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.inference.slot.SlotState;
import java.util.Optional;

/**
 * A slot at one moment, for whoever brings models into it.
 *
 * @param settled whether what is to serve has been tried since the start
 * @param disabled whether no model is to score
 * @param chosen whether somebody chose what serves; else the configuration names it
 * @param before what there is to go back to
 * @param service of the serving model
 * @param deaths of models' own processes since this process started
 * @param trouble why no model serves; empty if one does
 */
public record SlotView(
    boolean settled,
    boolean disabled,
    boolean chosen,
    Optional<ModelIdentity> before,
    SlotState state,
    ServiceFigures service,
    long deaths,
    String trouble) {
  public Optional<ModelIdentity> serving() {
    return state instanceof SlotState.Serving now ? Optional.of(now.model()) : Optional.empty();
  }

  /** The digest of the model that serves; empty if none does. */
  public String servingDigest() {
    return serving().map(ModelIdentity::digest).orElse("");
  }

  /** The digest of the model beside it; empty if there is none. */
  public String candidateDigest() {
    return switch (state.candidate()) {
      case SlotState.NoCandidate _ -> "";
      case SlotState.Proven(ModelIdentity model) -> model.digest();
      case SlotState.Shadowing shadow -> shadow.model().digest();
    };
  }
}
