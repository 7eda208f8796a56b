package io.edgeflow.gateway.clock;

/** What the operating system says of its own clock. */
public enum OsSync {
  /** Something, such as an NTP daemon, keeps the clock right. */
  YES,
  NO,
  /** This system cannot be asked. */
  UNKNOWN
}
