package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusFaults;
import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** From what is configured to what is polled. */
final class ModbusParts {
  private ModbusParts() {}

  static List<ModbusDevice> devices(ModbusConfig config) {
    return config.devices().entrySet().stream()
        .map(entry -> device(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static ModbusDevice device(String name, ModbusConfig.Device device) {
    return new ModbusDevice(
        name,
        device.host(),
        device.port(),
        device.unitId(),
        device.interval(),
        device.timeout(),
        device.points().entrySet().stream()
            .map(entry -> point(name + "/" + entry.getKey(), entry.getValue(), device))
            .toList());
  }

  private static RegisterPoint point(
      String series, ModbusConfig.Point point, ModbusConfig.Device device) {
    return new RegisterPoint(
        series,
        switch (point.table()) {
          case HOLDING -> RegisterTable.HOLDING;
          case INPUT -> RegisterTable.INPUT;
        },
        point.address(),
        type(point.type()),
        order(point.orderOn(device)),
        point.scale(),
        point.offset());
  }

  static RegisterType type(ModbusConfig.Type type) {
    return switch (type) {
      case INT16 -> RegisterType.INT16;
      case UINT16 -> RegisterType.UINT16;
      case INT32 -> RegisterType.INT32;
      case UINT32 -> RegisterType.UINT32;
      case INT64 -> RegisterType.INT64;
      case UINT64 -> RegisterType.UINT64;
      case FLOAT32 -> RegisterType.FLOAT32;
      case FLOAT64 -> RegisterType.FLOAT64;
    };
  }

  static RegisterOrder order(ModbusConfig.Order order) {
    return switch (order) {
      case ABCD, ABCDEFGH -> RegisterOrder.ABCD;
      case CDAB, GHEFCDAB -> RegisterOrder.CDAB;
      case BADC, BADCFEHG -> RegisterOrder.BADC;
      case DCBA, HGFEDCBA -> RegisterOrder.DCBA;
    };
  }

  /** The unit of each polled series that has one. */
  static Map<String, String> units(ModbusConfig config) {
    Map<String, String> units = new HashMap<>();
    config
        .devices()
        .forEach(
            (name, device) ->
                device.points().forEach((point, p) -> units.put(name + "/" + point, p.unit())));
    return Map.copyOf(units);
  }

  /**
   * Shows faults among the rejects. A poll that got no answer at all is shown, but no reading was
   * received.
   */
  static ModbusFaults faults(Recorder recorder, RejectLog rejects) {
    return (device, fault, detail) -> {
      RejectReason reason = reason(fault);
      rejects.add(reason, device, new byte[0], detail);
      boolean answered =
          switch (fault) {
            case EXCEPTION, WRONG_COUNT, NOT_A_NUMBER -> true;
            case TIMED_OUT, UNREACHABLE -> false;
          };
      if (answered) {
        recorder.rejected(reason);
      }
    };
  }

  private static RejectReason reason(ModbusFaults.Fault fault) {
    return switch (fault) {
      case EXCEPTION -> RejectReason.MODBUS_EXCEPTION;
      case WRONG_COUNT -> RejectReason.MODBUS_WRONG_COUNT;
      case TIMED_OUT -> RejectReason.MODBUS_TIMEOUT;
      case UNREACHABLE -> RejectReason.MODBUS_UNREACHABLE;
      case NOT_A_NUMBER -> RejectReason.NOT_A_NUMBER;
    };
  }
}
