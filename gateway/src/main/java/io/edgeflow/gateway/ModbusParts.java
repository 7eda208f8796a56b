package io.edgeflow.gateway;

import io.edgeflow.gateway.capture.RejectReason;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.config.ModbusConnectionConfig;
import io.edgeflow.gateway.config.ModbusDeviceConfig;
import io.edgeflow.gateway.config.ModbusPointConfig;
import io.edgeflow.gateway.config.ModbusSpan;
import io.edgeflow.gateway.config.ValueRange;
import io.edgeflow.gateway.modbus.ModbusBus;
import io.edgeflow.gateway.modbus.ModbusDevice;
import io.edgeflow.gateway.modbus.ModbusFaults;
import io.edgeflow.gateway.modbus.PlanLimits;
import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.setpoints.SetPoint;
import java.util.HashMap;
import java.util.Map;

/** From what is configured to what is polled. */
final class ModbusParts {
  private ModbusParts() {}

  static ModbusBus bus(ModbusConfig.Line line) {
    return new ModbusBus(
        line.name(),
        line.connection().timeout(),
        line.connection().retries(),
        line.devices().entrySet().stream()
            .map(entry -> device(entry.getKey(), entry.getValue()))
            .toList());
  }

  static LineSettings settings(ModbusConnectionConfig connection) {
    return new LineSettings(
        endpoint(connection),
        connection.timeout(),
        connection.connectPause(),
        connection.requestPause());
  }

  private static Endpoint endpoint(ModbusConnectionConfig connection) {
    if (connection.tcp().isPresent()) {
      ModbusConnectionConfig.HostPort end = connection.tcp().get();
      return new Endpoint.Tcp(end.host(), end.port());
    } else if (connection.rtuOverTcp().isPresent()) {
      ModbusConnectionConfig.HostPort end = connection.rtuOverTcp().get();
      return new Endpoint.RtuOverTcp(end.host(), end.port());
    }
    return new Endpoint.Serial(
        connection.serial().orElseThrow(),
        connection.baud(),
        switch (connection.parity()) {
          case NONE -> Endpoint.Parity.NONE;
          case EVEN -> Endpoint.Parity.EVEN;
          case ODD -> Endpoint.Parity.ODD;
        },
        connection.stopBits());
  }

  static ModbusDevice device(String name, ModbusDeviceConfig device) {
    return new ModbusDevice(
        name,
        device.unitId(),
        device.interval(),
        new PlanLimits(
            device.maxRegisters(),
            device.maxBits(),
            device.gap(),
            device.onePerPoint(),
            device.doNotRead().stream().map(ModbusParts::span).toList()),
        device.points().entrySet().stream()
            .map(entry -> point(name + "/" + entry.getKey(), entry.getValue(), device))
            .toList());
  }

  private static PlanLimits.Span span(ModbusSpan span) {
    return new PlanLimits.Span(span.table(), span.from(), span.to());
  }

  private static RegisterPoint point(
      String series, ModbusPointConfig point, ModbusDeviceConfig device) {
    ValueRange range = point.range().orElse(ValueRange.ALL);
    return new RegisterPoint(
        series,
        point.place().table(),
        point.place().address() + device.addressOffset(),
        point.typed(),
        order(point.orderOn(device)),
        point.scale(),
        point.offset(),
        point.bit().or(point::length).orElse(0),
        range.low(),
        range.high());
  }

  static RegisterOrder order(ModbusConfig.Order order) {
    return switch (order) {
      case ABCD, ABCDEFGH -> RegisterOrder.ABCD;
      case CDAB, GHEFCDAB -> RegisterOrder.CDAB;
      case BADC, BADCFEHG -> RegisterOrder.BADC;
      case DCBA, HGFEDCBA -> RegisterOrder.DCBA;
    };
  }

  /** Every point that is polled, by its series. */
  static Map<String, ModbusPointConfig> points(ModbusConfig config) {
    Map<String, ModbusPointConfig> points = new HashMap<>();
    config
        .devices()
        .forEach(
            (name, device) ->
                device.points().forEach((point, p) -> points.put(name + "/" + point, p)));
    return Map.copyOf(points);
  }

  /** The points that may be set, by series. */
  static Map<String, SetPoint> setPoints(ModbusConfig config) {
    Map<String, SetPoint> points = new HashMap<>();
    config
        .devices()
        .forEach(
            (name, device) ->
                device.points().entrySet().stream()
                    .filter(entry -> entry.getValue().access() == ModbusPointConfig.Access.RW)
                    .forEach(
                        entry -> {
                          String series = name + "/" + entry.getKey();
                          points.put(series, setPoint(name, series, entry.getValue(), device));
                        }));
    return points;
  }

  private static SetPoint setPoint(
      String name, String series, ModbusPointConfig point, ModbusDeviceConfig device) {
    return new SetPoint(
        name,
        point(series, point, device),
        point.min().orElse(Double.NEGATIVE_INFINITY),
        point.max().orElse(Double.POSITIVE_INFINITY));
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
            case EXCEPTION, WRONG_COUNT, WRONG_ANSWER, NOT_A_NUMBER, OUT_OF_RANGE -> true;
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
      case WRONG_ANSWER -> RejectReason.MODBUS_WRONG_ANSWER;
      case TIMED_OUT -> RejectReason.MODBUS_TIMEOUT;
      case UNREACHABLE -> RejectReason.MODBUS_UNREACHABLE;
      case NOT_A_NUMBER -> RejectReason.NOT_A_NUMBER;
      case OUT_OF_RANGE -> RejectReason.OUT_OF_RANGE;
    };
  }
}
