package io.edgeflow.cloud.rollout;

/**
 * Something that happened to a rollout, for its history.
 *
 * @param edge empty where it concerns the whole
 * @param who empty where nobody asked for it
 */
public record Note(long atMillis, String edge, String who, String text) {}
