package io.edgeflow.inference.slot;

import io.edgeflow.inference.runtime.ScorerSource;

/**
 * A model that can be loaded into a slot, again too.
 *
 * @param alarms for the comparison with another model; the slot raises none
 */
public record SlotModel(
    ModelIdentity identity, ScorerSource source, Golden golden, AlarmRule alarms) {}
