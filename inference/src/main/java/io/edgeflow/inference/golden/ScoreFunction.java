package io.edgeflow.inference.golden;

/** A model, as far as golden vectors are concerned. */
@FunctionalInterface
public interface ScoreFunction {
  /**
   * @param row the caller's again when this returns
   * @return one number for each output
   * @throws Exception whatever goes wrong: it is a deviation
   */
  float[] score(float[] row) throws Exception;
}
