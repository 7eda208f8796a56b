package io.edgeflow.cloud.query;

import io.edgeflow.wire.frame.Lane;

/**
 * One incarnation and lane of an edge, as the ledger has it.
 *
 * @param id of the row
 * @param lowWater every number from 1 to here is committed
 * @param settledTo the greatest number that has a fate; beyond {@code highest} where a coarse frame
 *     replaced what was never announced
 * @param carried committed readings that came in coarse frames
 * @param untold superseded frames of which the edge has not told how many readings they carry;
 *     these are what the coarse frames brought so far
 * @param unnamed superseded as the edge says, and no coarse frame that names them came so far
 */
record LaneRow(
    int id,
    String edge,
    String incarnation,
    Lane lane,
    Tail tail,
    long lowWater,
    long highest,
    long settledTo,
    Account account,
    long carried,
    Amount untold,
    Amount unnamed) {}
