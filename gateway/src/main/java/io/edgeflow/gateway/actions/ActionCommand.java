package io.edgeflow.gateway.actions;

/**
 * Switch this output, once, and say what became of it.
 *
 * @param action the name of the rule
 */
public record ActionCommand(String action, boolean on) {}
