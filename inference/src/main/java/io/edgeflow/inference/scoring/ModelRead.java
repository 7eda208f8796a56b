package io.edgeflow.inference.scoring;

/** What became of a folder that is to be scored with. */
public sealed interface ModelRead {
  record Good(ScoredModel model) implements ModelRead {}

  /**
   * @param why for people, perhaps on several lines
   */
  record Refused(String why) implements ModelRead {}
}
