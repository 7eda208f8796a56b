package io.edgeflow.lab.drill;

/** One way of attacking the system. Used once. */
interface Drill {
  /** As it is called on the command line. */
  String name();

  /** What it needs to be there. */
  Stage.Settings settings();

  /**
   * Attacks, on a stage where everything runs and sensors speak. Ends with everything in order
   * again: what was not delivered yet need not be.
   *
   * @throws InterruptedException when it is to end at once
   */
  Played play(Stage stage) throws Exception;
}
