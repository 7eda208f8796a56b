package io.edgeflow.gateway.scoring;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The models of a gateway, for whoever brings them into service by himself. Any thread. */
public interface RolloutPanel extends ModelPanel {
  /** Empty if there is no such slot. Waits for no model. */
  Optional<SlotView> view(String slot);

  /** Whether this model is not tried because the process died of it again and again (R2). */
  boolean isDeadly(String digest);

  /**
   * How long a model that did well before, and of which the process died all the same, is not tried
   * yet (R2); zero for any other.
   */
  Duration rest(String digest);

  /** Whether it is such a model; also when its rest is over, until it was survived. */
  boolean rests(String digest);

  /** It may be tried again. */
  void forgive(String digest) throws IOException;
}
