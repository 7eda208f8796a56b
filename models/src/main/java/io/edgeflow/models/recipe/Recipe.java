package io.edgeflow.models.recipe;

import io.edgeflow.models.history.Past;

/** A way to make a model of readings. The same readings make the same model, to the byte. */
public sealed interface Recipe permits UnivariateRecipe, PcaRecipe, WaveformRecipe {
  /**
   * Takes seconds for some hundred thousand readings.
   *
   * @param past normal operation; a percent of faults in it does no harm. Of minutes the model that
   *     is made looks at minutes
   * @throws UnfitException if nothing can be fitted to these readings
   */
  Fitted fit(Wish wish, Past past) throws UnfitException;
}
