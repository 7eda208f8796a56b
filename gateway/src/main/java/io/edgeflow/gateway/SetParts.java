package io.edgeflow.gateway;

import io.edgeflow.gateway.broker.GatewayBroker;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.setpoints.SetDesk;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** What setting points needs of the others. Every write is read back. */
record SetParts(Poller poller, GatewayBroker broker, Recorder recorder) implements SetDesk.Outside {
  @Override
  public boolean write(
      String device, RegisterWrite write, BooleanSupplier wanted, Consumer<WriteResult> done) {
    return poller.write(device, write, true, wanted, done);
  }

  @Override
  public void publish(String topic, byte[] payload) {
    broker.localPublisher().publish(topic, payload);
  }

  @Override
  public void event(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    recorder.event(severity, type, message, detail);
  }
}
