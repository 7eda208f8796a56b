package io.edgeflow.lab.bench;

import java.util.List;

/**
 * One outage and its drain.
 *
 * @param frames that waited when the link came back
 * @param reconnectNanos from the link's return to the answered hello
 * @param drainNanos from the answered hello to the last commit of a frame that had waited
 * @param liveMicros of each frame that was numbered meanwhile, from then to its commit
 * @param liveMissing such frames that were not seen in the database
 */
record DrainRound(
    long frames, long reconnectNanos, long drainNanos, List<Long> liveMicros, long liveMissing) {
  DrainRound {
    liveMicros = List.copyOf(liveMicros);
  }
}
