package io.edgeflow.lab.drill;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Who is killed. */
enum Victim {
  GATEWAY,
  CLOUD,
  DATABASE,
  /** The broker between two clouds; only where there is one. */
  KAFKA;

  /** Whom a house with one cloud has. */
  static Set<Victim> ofOneCloud() {
    return EnumSet.of(GATEWAY, CLOUD, DATABASE);
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
