package io.edgeflow.gateway.sparkplug;

/**
 * How an edge node does, since the process started.
 *
 * @param state {@code unknown} before its first birth, {@code born}, {@code lost} while its births
 *     are not believed, or {@code dead}
 * @param births that were taken, requested or not
 * @param deaths of the node, not of its devices
 * @param gaps stretches in which something is missing
 * @param lost messages that never came
 * @param untaken values that nobody could name
 * @param rebirths that were asked for
 */
public record NodeFigures(
    String group,
    String node,
    String state,
    long births,
    long deaths,
    long gaps,
    long lost,
    long untaken,
    long rebirths) {}
