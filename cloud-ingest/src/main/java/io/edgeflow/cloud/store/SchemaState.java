package io.edgeflow.cloud.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How far the schema of a database is.
 *
 * @param version of the last step that was taken; empty for a database without any
 * @param pending steps that this program knows and that were not taken, in order
 */
public record SchemaState(String version, List<Step> pending) {
  /** One step, {@code 10 rollups}. */
  public record Step(String version, String description) {
    @Override
    public String toString() {
      return version + " " + description;
    }
  }

  public SchemaState {
    pending = List.copyOf(pending);
  }

  /** Whether this program can work with it. */
  public boolean isPresent() {
    return pending.isEmpty();
  }

  /** For an operator. */
  public String words() {
    String at =
        version.isEmpty() ? "the database has no schema yet" : "the schema is at " + version;
    return isPresent()
        ? at
        : at
            + ", and %d steps are missing: ".formatted(pending.size())
            + pending.stream().map(Step::toString).collect(Collectors.joining(", "));
  }
}
