package io.edgeflow.lab.check;

import java.util.List;

/**
 * The outcome of a check.
 *
 * @param process which process the configuration is for, and its name
 * @param findings what was tried
 * @param warnings what would work otherwise than somebody may expect, and what to do
 * @param would what the process would do
 * @param effective every value in force, secrets hidden
 */
record Plan(
    String process,
    List<Finding> findings,
    List<String> warnings,
    List<String> would,
    String effective) {
  boolean ok() {
    return findings.stream().allMatch(Finding::ok);
  }
}
