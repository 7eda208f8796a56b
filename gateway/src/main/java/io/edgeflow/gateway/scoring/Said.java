package io.edgeflow.gateway.scoring;

/**
 * Who wants a change, and why.
 *
 * @param who empty: the gateway itself
 */
public record Said(String who, String why) {
  static final Said NOBODY = new Said("", "");
}
