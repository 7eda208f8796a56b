package io.edgeflow.cloud.rollout;

/** What a gate, an edge or a wave comes to. */
public enum Verdict {
  PASS,
  FAIL,
  /** Not enough was seen; never as good as a pass. */
  INCONCLUSIVE
}
