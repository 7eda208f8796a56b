package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.models.history.History;
import java.util.List;
import java.util.Optional;

/** Recipes applied to a pump. */
final class Built {
  private Built() {}

  static Wish wish(String... series) {
    return new Wish(
        "pump", "1.0.0", List.of(series).stream().map(Selector::new).toList(), Optional.empty());
  }

  static Fitted univariate(History history, String series) throws UnfitException {
    return UnivariateRecipe.STANDARD.fit(wish(series), history);
  }

  static Fitted pca(History history) throws UnfitException {
    return PcaRecipe.STANDARD.fit(
        wish("{device}/flow", "{device}/pressure", "{device}/vibration", "{device}/current"),
        history);
  }
}
