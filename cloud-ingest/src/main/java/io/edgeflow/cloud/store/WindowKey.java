package io.edgeflow.cloud.store;

import java.util.Comparator;

/** What identifies a row of {@code sample_window}. */
record WindowKey(int series, long startMicros, long lengthMicros) {
  static final Comparator<WindowKey> ORDER =
      Comparator.comparingInt(WindowKey::series)
          .thenComparingLong(WindowKey::startMicros)
          .thenComparingLong(WindowKey::lengthMicros);
}
