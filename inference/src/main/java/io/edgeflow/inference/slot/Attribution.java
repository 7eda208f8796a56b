package io.edgeflow.inference.slot;

/** By whom a row was scored. */
public record Attribution(String slot, ModelIdentity model) {}
