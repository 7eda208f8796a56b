package io.edgeflow.lab.proxy;

/** The two ways through a connection. */
public enum Direction {
  /** From who connected: the edge speaks. */
  UP,
  /** To who connected: the cloud speaks. */
  DOWN
}
