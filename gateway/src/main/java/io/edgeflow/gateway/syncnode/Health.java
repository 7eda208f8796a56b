package io.edgeflow.gateway.syncnode;

/** How the program does. Blocks for seconds at most. */
interface Health {
  Observed ask();

  sealed interface Observed {
    /**
     * It answers, and is ready.
     *
     * @param start names this start of its process; empty if it does not say
     */
    record Well(String version, String start) implements Observed {}

    record Unwell(String why) implements Observed {}
  }
}
