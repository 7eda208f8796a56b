package io.edgeflow.gateway.recorder;

import java.util.List;

/**
 * What a look at every byte of a data directory found.
 *
 * @param records of the journal that were read
 * @param readings in them
 * @param frames that were decoded, in the journal and in sealed files; one that lies in both counts
 *     twice
 * @param tornBytes behind the last intact record: what a crash leaves, and no damage
 */
public record Inspection(
    int segments,
    long journalBytes,
    long records,
    long readings,
    int files,
    long backlogBytes,
    long frames,
    long tornBytes,
    List<Finding> findings) {
  public Inspection {
    findings = List.copyOf(findings);
  }

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    void looking(String file);
  }
}
