package io.edgeflow.models.recipe;

import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.process.settings.Glob;
import java.util.List;

/**
 * One point of some devices: how a model of minutes names its series.
 *
 * @param devices empty: all
 */
record DevicePoint(List<Glob> devices, Selector point) {
  /**
   * @param wished {@code {device}/flow}, {@code pump-1/flow} or {@code pump-*}{@code /flow}
   * @throws UnfitException if its point is a pattern
   */
  static DevicePoint of(Selector wished) throws UnfitException {
    if (wished.perDevice()) {
      return new DevicePoint(List.of(), wished);
    }
    String text = wished.pattern();
    int slash = text.indexOf('/');
    String point = text.substring(slash + 1);
    if (slash < 0 || point.contains("*") || point.contains("?")) {
      throw new UnfitException(
          "a model of minutes looks at one point of each device: write pump-*/flow or"
              + " {device}/flow, not "
              + text);
    }
    return new DevicePoint(
        List.of(new Glob(text.substring(0, slash))), new Selector("{device}/" + point));
  }
}
