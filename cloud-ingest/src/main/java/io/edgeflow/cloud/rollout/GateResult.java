package io.edgeflow.cloud.rollout;

/**
 * What one gate says of one edge.
 *
 * @param gate its key in the specification
 * @param text what was seen and what is allowed, for people: {@code alarms on 12 % of 600 rows, 0.4
 *     % before, allowed 5 %}
 */
public record GateResult(String gate, Verdict verdict, String text) {}
