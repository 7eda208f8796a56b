package io.edgeflow.gateway.deploy;

/**
 * Whose agent it is.
 *
 * @param edge its name
 * @param audience the cloud whose documents count
 * @param start names this start of the process (R4)
 * @param keep how many bundles that did well stay on the disk for each slot
 */
public record AgentIdentity(String edge, String audience, String start, int keep) {}
