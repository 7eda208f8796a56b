package io.edgeflow.gateway.config;

import io.edgeflow.gateway.config.ModbusConfig.Endian;
import io.edgeflow.gateway.config.ModbusConfig.Order;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A unit to poll: on a connection by name, or at a host of its own over Modbus TCP.
 *
 * @param connection one of {@code modbus.connections}
 * @param interval from one poll to the next
 * @param timeout only beside host; a connection has its own
 * @param order for points that name none; absent: as byteOrder and wordOrder say, else ABCD
 * @param byteOrder little: the low byte of each register comes first
 * @param wordOrder little: the least significant register comes first
 * @param addressOffset added to the addresses of all points, so that equal units side by side share
 *     a profile
 * @param maxRegisters the most that one request asks for
 * @param maxBits the most that one request asks for
 * @param gap unasked registers that are read along rather than asked around
 * @param onePerPoint each point gets a request of its own
 * @param doNotRead what is never read along
 * @param points by the name that ends their series
 */
public record ModbusDeviceConfig(
    Optional<String> connection,
    Optional<String> host,
    @Range(min = "1", max = "65535") Optional<Integer> port,
    @Default("1") @Range(min = "0", max = "255") int unitId,
    @Default("1s") @Range(min = "10ms", max = "1d") Duration interval,
    @Range(min = "10ms", max = "1m") Optional<Duration> timeout,
    Optional<Order> order,
    Optional<Endian> byteOrder,
    Optional<Endian> wordOrder,
    @Default("0") @Range(min = "0", max = "65535") int addressOffset,
    @Default("125") @Range(min = "1", max = "125") int maxRegisters,
    @Default("2000") @Range(min = "1", max = "2000") int maxBits,
    @Default("8") @Range(min = "0", max = "124") int gap,
    @Default("false") boolean onePerPoint,
    List<ModbusSpan> doNotRead,
    Map<String, ModbusPointConfig> points) {
  /** Of a device that names its host itself. */
  private static final Duration USUAL_TIMEOUT = Duration.ofMillis(500);

  public ModbusDeviceConfig {
    var check = new Check();
    ModbusConfig.checkOrder(check, order, byteOrder, wordOrder);
    check
        .that(
            connection.isPresent() != host.isPresent(),
            "",
            "needs a connection by name, or a host of its own")
        .that(host.isEmpty() || !host.get().isBlank(), "host", "must not be blank")
        .that(
            host.filter(ModbusDeviceConfig::hasPort).isEmpty(),
            "host",
            "must not hold the port, which has a key of its own")
        .that(connection.isEmpty() || port.isEmpty(), "port", "is the connection's to say")
        .that(connection.isEmpty() || timeout.isEmpty(), "timeout", "is the connection's to say")
        .that(!points.isEmpty(), "points", "must name at least one point");
    for (Map.Entry<String, ModbusPointConfig> entry : points.entrySet()) {
      check(check, "points." + entry.getKey(), entry.getValue(), addressOffset, doNotRead);
    }
    check.orRefuse();
  }

  /** More colons are those of an IPv6 address. */
  private static boolean hasPort(String host) {
    return host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
  }

  private static void check(
      Check check, String at, ModbusPointConfig point, int offset, List<ModbusSpan> avoided) {
    int start = point.place().address() + offset;
    int end = start + point.length().orElse(point.typed().registers());
    check.that(end <= RegisterPoint.ADDRESS_END, at + ".address", "must end at 65535");
    for (ModbusSpan span : avoided) {
      check.that(
          !span.meets(point.place().table(), start, end),
          at,
          "lies in " + span + ", which doNotRead names");
    }
  }

  /** For points that name none. */
  public Order usualOrder() {
    return ModbusConfig.order(order, byteOrder, wordOrder).orElse(Order.ABCD);
  }

  /** The connection that a device with a host of its own makes. */
  ModbusConnectionConfig ownConnection() {
    var end =
        new ModbusConnectionConfig.HostPort(
            host.orElseThrow(), port.orElse(ModbusConnectionConfig.USUAL_PORT));
    return ModbusConnectionConfig.tcp(end, timeout.orElse(USUAL_TIMEOUT));
  }
}
