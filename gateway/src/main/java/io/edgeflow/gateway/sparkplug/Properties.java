package io.edgeflow.gateway.sparkplug;

import io.edgeflow.aggregator.reading.Quality;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertySet;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.PropertyValue;
import org.jspecify.annotations.Nullable;

/** What the properties of a metric say of its readings. */
final class Properties {
  private static final int LONGEST_UNIT = 32;

  /** Sparkplug's own two words beside 0 for bad and 192 for good. */
  private static final int STALE = 500;

  /** As in OPC, whose numbers these are: 64 to 191 are uncertain. */
  private static final int UNCERTAIN_FROM = 64;

  private static final int GOOD_FROM = 192;

  private Properties() {}

  static String unit(PropertySet properties) {
    PropertyValue value = find(properties, "engUnit");
    String unit = value == null ? "" : value.getStringValue();
    return unit.length() <= LONGEST_UNIT && unit.chars().noneMatch(Character::isISOControl)
        ? unit
        : "";
  }

  static Quality quality(PropertySet properties) {
    PropertyValue value = find(properties, "Quality");
    if (value == null || !(value.hasIntValue() || value.hasLongValue())) {
      return Quality.GOOD;
    }
    long code = value.hasIntValue() ? value.getIntValue() : value.getLongValue();
    if (code == STALE) {
      return Quality.STALE;
    }
    if (code >= GOOD_FROM) {
      return Quality.GOOD;
    }
    return code >= UNCERTAIN_FROM ? Quality.UNCERTAIN : Quality.BAD;
  }

  private static @Nullable PropertyValue find(PropertySet properties, String key) {
    int index = properties.getKeysList().indexOf(key);
    return index < 0 || index >= properties.getValuesCount() ? null : properties.getValues(index);
  }
}
