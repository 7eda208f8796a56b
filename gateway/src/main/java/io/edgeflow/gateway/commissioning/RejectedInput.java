package io.edgeflow.gateway.commissioning;

/**
 * An input that was not accepted.
 *
 * @param timeMicros when, microseconds since the epoch
 * @param reason the word of the reason: {@code unparseable}
 * @param source the topic, or the device that was polled
 * @param detail what was wrong with it
 * @param start the first bytes of the payload, printable
 * @param bytes the length of the whole payload
 */
public record RejectedInput(
    long timeMicros, String reason, String source, String detail, String start, int bytes) {}
