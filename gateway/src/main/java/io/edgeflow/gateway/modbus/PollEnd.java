package io.edgeflow.gateway.modbus;

/** How the poll of a unit ended. */
enum PollEnd {
  /** It answered all it was asked, be it with exceptions. */
  ANSWERED,
  /** It answered, is slow, and lets its neighbours in before it is asked for the rest. */
  PAUSED,
  /** It did not answer, or with nonsense. */
  SILENT,
  /** No connection to its line could be made: it was not asked. */
  UNREACHABLE
}
