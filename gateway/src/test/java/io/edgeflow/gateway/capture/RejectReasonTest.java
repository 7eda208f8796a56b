package io.edgeflow.gateway.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.edgeflow.wire.payload.PayloadFault;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RejectReasonTest {
  @ParameterizedTest
  @EnumSource
  void everyFaultOfAPayloadHasItsReason(PayloadFault fault) {
    assertEquals(fault.name(), RejectReason.of(fault).name());
  }
}
