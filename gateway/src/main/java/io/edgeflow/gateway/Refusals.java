package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.CaptureFigures;
import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.modbus.ModbusCounters;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.source.Sources;

/**
 * Brings into the account what found no room before it reached the owner (A2): adapters count for
 * themselves, so that a full queue costs nobody a message to the owner. Owned by one timer.
 */
final class Refusals {
  private final Recorder recorder;
  private final CaptureFigures broker;
  private final ModbusCounters polls;
  private final Sources sources;
  private long told;

  Refusals(Recorder recorder, CaptureFigures broker, ModbusCounters polls, Sources sources) {
    this.recorder = recorder;
    this.broker = broker;
    this.polls = polls;
    this.sources = sources;
  }

  void tell() {
    long refused = broker.counts().qos0Dropped() + polls.refusedReadings() + sources.dropped();
    if (refused > told) {
      recorder.refused(RejectReason.NO_ROOM, refused - told);
      told = refused;
    }
  }
}
