package io.edgeflow.lab.drill;

import java.util.Locale;

/** Who is killed. */
enum Victim {
  GATEWAY,
  CLOUD,
  DATABASE;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
