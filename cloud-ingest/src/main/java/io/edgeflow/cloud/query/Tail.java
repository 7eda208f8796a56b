package io.edgeflow.cloud.query;

import java.util.Locale;

/** Whether an incarnation may have numbered more frames than is known here (L9). */
enum Tail {
  /** A later start recovered its directory and told its numbers: there are no more. */
  CLOSED,
  /** It runs, or will be recovered: more may come. */
  OPEN,
  /** Nobody speaks for it any more. What it numbered and never told died with its disk. */
  UNKNOWN;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
