package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.Registers;
import io.edgeflow.gateway.modbus.line.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The part of a gateway's configuration that reads chosen points. Pure. */
final class PointYaml {
  private PointYaml() {}

  /** Whole, so that it can be pasted as it is. */
  static List<String> lines(
      Endpoint endpoint,
      int unit,
      RegisterTable table,
      int start,
      Registers registers,
      List<Chosen> chosen) {
    List<String> lines = new ArrayList<>();
    lines.add("modbus:");
    lines.add("  connections:");
    lines.add("    line-1: " + connection(endpoint));
    lines.add("  devices:");
    lines.add("    unit-%d:".formatted(unit));
    lines.add("      connection: line-1");
    lines.add("      unitId: %d".formatted(unit));
    lines.add("      points:");
    for (Chosen choice : chosen) {
      for (int address : choice.addresses(start, registers.count())) {
        lines.add("        " + point(table, choice, address, start, registers));
      }
    }
    return lines;
  }

  private static String connection(Endpoint endpoint) {
    return switch (endpoint) {
      case Endpoint.Tcp(String host, int port) -> "{ tcp: \"%s:%d\" }".formatted(host, port);
      case Endpoint.RtuOverTcp(String host, int port) ->
          "{ rtuOverTcp: \"%s:%d\" }".formatted(host, port);
      case Endpoint.Serial(String device, int baud, Endpoint.Parity parity, int stopBits) ->
          "{ serial: %s, baud: %d, parity: %s, stopBits: %d }"
              .formatted(device, baud, parity.name().toLowerCase(Locale.ROOT), stopBits);
    };
  }

  private static String point(
      RegisterTable table, Chosen choice, int address, int start, Registers registers) {
    String order = choice.order() == RegisterOrder.ABCD ? "" : ", order: " + choice.order();
    String type = table.bits() ? "" : ", type: " + choice.word();
    String shown =
        table.bits()
            ? Boolean.toString(registers.at(address - start) != 0)
            : Reading.of(choice.type(), choice.order(), registers, start, address).text();
    return "%s-%d: { table: %s, address: %d%s%s } # now %s"
        .formatted(
            TableProbe.word(table), address, TableProbe.word(table), address, type, order, shown);
  }
}
