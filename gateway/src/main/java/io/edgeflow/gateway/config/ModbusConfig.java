package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Durations;
import io.edgeflow.process.settings.Profiled;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Modbus units to poll. Beside connections and devices the configuration may hold {@code
 * profiles}: what many devices have in common.
 *
 * @param connections lines to units, by name
 * @param devices by the name that begins their series
 */
@Profiled("devices")
public record ModbusConfig(
    Map<String, ModbusConnectionConfig> connections, Map<String, ModbusDeviceConfig> devices) {
  /**
   * The bytes of a value of several registers, A the most significant, as they come over the wire.
   * Names of four and of eight letters mean the same: either is for every length.
   */
  public enum Order {
    ABCD,
    CDAB,
    BADC,
    DCBA,
    ABCDEFGH,
    GHEFCDAB,
    BADCFEHG,
    HGFEDCBA
  }

  /** Another way to say an order, for the bytes of a register or for the registers of a value. */
  public enum Endian {
    BIG,
    LITTLE
  }

  static Optional<Order> order(
      Optional<Order> order, Optional<Endian> byteOrder, Optional<Endian> wordOrder) {
    if (byteOrder.isEmpty() && wordOrder.isEmpty()) {
      return order;
    }
    boolean bytesSwapped = byteOrder.equals(Optional.of(Endian.LITTLE));
    if (wordOrder.equals(Optional.of(Endian.LITTLE))) {
      return Optional.of(bytesSwapped ? Order.DCBA : Order.CDAB);
    }
    return Optional.of(bytesSwapped ? Order.BADC : Order.ABCD);
  }

  static void checkOrder(
      Check check, Optional<Order> order, Optional<Endian> byteOrder, Optional<Endian> wordOrder) {
    check.that(
        order.isEmpty() || (byteOrder.isEmpty() && wordOrder.isEmpty()),
        "order",
        "says what byteOrder and wordOrder say: give one or the other");
  }

  /**
   * The devices of one line. Those at one host and port share it, whatever names them.
   *
   * @param name for logs and pages
   */
  public record Line(
      String name, ModbusConnectionConfig connection, Map<String, ModbusDeviceConfig> devices) {}

  public ModbusConfig {
    var check = new Check();
    for (Map.Entry<String, ModbusDeviceConfig> entry : devices.entrySet()) {
      String device = entry.getKey();
      check.that(!device.contains("/"), "devices." + device, "must be one level, without a slash");
      entry
          .getValue()
          .connection()
          .ifPresent(
              name ->
                  check.that(
                      connections.containsKey(name),
                      "devices." + device + ".connection",
                      "names no connection; there are " + connections.keySet()));
      for (String point : entry.getValue().points().keySet()) {
        String fault = SeriesName.fault(device + "/" + point);
        check.that(
            fault == null, "devices." + device + ".points." + point, "makes no series: " + fault);
      }
    }
    checkEnds(check, connections);
    check.orRefuse();
    checkTimeouts(check, lines(connections, devices));
    check.orRefuse();
  }

  /** Two sessions would disturb each other, on a serial line for certain. */
  private static void checkEnds(Check check, Map<String, ModbusConnectionConfig> connections) {
    Map<String, String> names = new HashMap<>();
    connections.forEach(
        (name, connection) -> {
          String other = names.putIfAbsent(connection.end(), name);
          check.that(
              other == null,
              "connections." + name,
              "begins where " + other + " begins: let its devices name that one");
        });
  }

  /** A line has one time-out: that of a device which shares it would go unheard. */
  private static void checkTimeouts(Check check, List<Line> lines) {
    for (Line line : lines) {
      Duration shared = line.connection().timeout();
      line.devices()
          .forEach(
              (name, device) ->
                  check.that(
                      device.timeout().orElse(shared).equals(shared),
                      "devices." + name + ".timeout",
                      "must be that of "
                          + line.name()
                          + ", with which it shares a session: "
                          + Durations.format(shared)));
    }
  }

  /** Every line with the devices on it. */
  public List<Line> lines() {
    return lines(connections, devices);
  }

  private static List<Line> lines(
      Map<String, ModbusConnectionConfig> connections, Map<String, ModbusDeviceConfig> devices) {
    Map<String, Line> lines = new LinkedHashMap<>();
    devices.forEach(
        (name, device) -> {
          String line =
              device.connection().orElseGet(() -> shared(connections, device.ownConnection()));
          ModbusConnectionConfig connection =
              Objects.requireNonNullElseGet(connections.get(line), device::ownConnection);
          lines
              .computeIfAbsent(line, l -> new Line(l, connection, new LinkedHashMap<>()))
              .devices()
              .put(name, device);
        });
    return List.copyOf(lines.values());
  }

  /** The name of a connection to the same host and port, or the address itself. */
  private static String shared(
      Map<String, ModbusConnectionConfig> connections, ModbusConnectionConfig own) {
    return connections.entrySet().stream()
        .filter(named -> named.getValue().tcp().equals(own.tcp()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(() -> own.tcp().orElseThrow().toString());
  }

  /** What whoever wrote this should know: how references were read, what is read twice. */
  public List<String> notes() {
    return ModbusNotes.of(this);
  }
}
