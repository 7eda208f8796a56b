package io.edgeflow.gateway.uplink;

/** How far the uplink has come. */
public enum UplinkState {
  /** Waits until the next attempt. */
  WAITING,
  CONNECTING,
  /** Connected; has said hello and waits for the answer. */
  GREETING,
  /** Connected and answered: frames go. */
  SENDING,
  CLOSED
}
