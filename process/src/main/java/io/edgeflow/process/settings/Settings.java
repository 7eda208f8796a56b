package io.edgeflow.process.settings;

/**
 * A configuration that passed every rule.
 *
 * @param value the record tree
 * @param effective every value in force as YAML, defaults included and secrets hidden, for the log
 */
public record Settings<T extends Record>(T value, String effective) {}
