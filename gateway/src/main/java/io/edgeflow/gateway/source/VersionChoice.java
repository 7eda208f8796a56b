package io.edgeflow.gateway.source;

import io.edgeflow.gateway.source.SourceLink.Kind;
import java.util.Optional;

/**
 * Which version of MQTT the next attempt speaks. One that the broker said it does not speak is not
 * tried again; after silence, which a broker that starts or stops gives too, the other one is tried
 * once. Owned by its source.
 */
final class VersionChoice {
  private final boolean free;
  private SourceVersion usual;
  private SourceVersion next;

  /**
   * @param only the one that is configured
   */
  VersionChoice(Optional<SourceVersion> only) {
    free = only.isEmpty();
    usual = only.orElse(SourceVersion.FIVE);
    next = usual;
  }

  SourceVersion next() {
    return next;
  }

  /** The attempt with {@link #next} is over. */
  void ended(Kind kind) {
    SourceVersion tried = next;
    next = usual;
    if (!free) {
      return;
    }
    if (kind == Kind.OTHER_VERSION) {
      usual = other(tried);
      next = usual;
    } else if (kind == Kind.SILENT && tried == usual) {
      next = other(tried);
    }
  }

  private static SourceVersion other(SourceVersion version) {
    return switch (version) {
      case FIVE -> SourceVersion.THREE;
      case THREE -> SourceVersion.FIVE;
    };
  }
}
