package io.edgeflow.process.link;

/**
 * What to hear of, at QoS 1.
 *
 * @param noLocal whether our own publishes are left out
 */
public record Subscription(String filter, boolean noLocal) {}
