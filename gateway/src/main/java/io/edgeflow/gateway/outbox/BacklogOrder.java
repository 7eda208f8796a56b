package io.edgeflow.gateway.outbox;

/** In which order the frames of a lane that have waited are sent. */
public enum BacklogOrder {
  /** As they came. */
  OLDEST,
  /** The most recent ones first, so that what people look at now is right soon. */
  NEWEST
}
