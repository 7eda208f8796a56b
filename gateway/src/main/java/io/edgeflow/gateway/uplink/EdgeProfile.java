package io.edgeflow.gateway.uplink;

import io.edgeflow.wire.frame.Incarnation;
import java.util.Map;

/**
 * Who the edge is, as hello tells it.
 *
 * @param incarnation of this process; names its connections
 * @param timezone an IANA name
 * @param software name and version of the program
 */
public record EdgeProfile(
    String edge,
    Incarnation incarnation,
    String site,
    Map<String, String> labels,
    String timezone,
    String software) {}
