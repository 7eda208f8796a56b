package io.edgeflow.gateway.site;

/**
 * An edge behind this gateway, for people.
 *
 * @param online whether it is connected here
 * @param upstream {@code none}, {@code connecting}, {@code open}, {@code ending} or {@code
 *     waiting}: the connection to the cloud that is kept for it
 * @param relayed frames that the broker above has taken; only the cloud says what it has committed
 * @param dropped frames that found no room or no way; it sends them again
 * @param lastError why its last connection to the cloud ended; empty if none did
 */
public record MemberStatus(
    String edge, boolean online, String upstream, long relayed, long dropped, String lastError) {}
