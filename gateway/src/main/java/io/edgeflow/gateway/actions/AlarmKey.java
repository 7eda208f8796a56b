package io.edgeflow.gateway.actions;

/**
 * One alarm.
 *
 * @param rule its whole name, {@code flow.hh}
 */
record AlarmKey(String rule, String series) {}
