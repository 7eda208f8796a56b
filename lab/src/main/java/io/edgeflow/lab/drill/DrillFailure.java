package io.edgeflow.lab.drill;

/** The system did not do what a drill cannot go on without. */
final class DrillFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DrillFailure(String message) {
    super(message);
  }
}
