package io.edgeflow.gateway.config;

import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The Modbus TCP devices to poll.
 *
 * @param devices by the name that begins their series
 */
public record ModbusConfig(Map<String, Device> devices) {
  private static final int LONGEST_UNIT = 32;

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

  private static Optional<Order> order(
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

  private static void checkOrder(
      Check check, Optional<Order> order, Optional<Endian> byteOrder, Optional<Endian> wordOrder) {
    check.that(
        order.isEmpty() || (byteOrder.isEmpty() && wordOrder.isEmpty()),
        "order",
        "says what byteOrder and wordOrder say: give one or the other");
  }

  /** Read with function 3, or with function 4. */
  public enum Table {
    HOLDING,
    INPUT
  }

  /** How a point's registers are to be understood. */
  public enum Type {
    INT16,
    UINT16,
    INT32,
    UINT32,
    INT64,
    UINT64,
    FLOAT32,
    FLOAT64
  }

  /**
   * @param interval from one poll to the next
   * @param timeout of one connect and of one answer
   * @param order for points that name none; absent: as byteOrder and wordOrder say, else ABCD
   * @param byteOrder little: the low byte of each register comes first
   * @param wordOrder little: the least significant register comes first
   * @param points by the name that ends their series
   */
  public record Device(
      String host,
      @Default("502") @Range(min = "1", max = "65535") int port,
      @Default("1") @Range(min = "0", max = "255") int unitId,
      @Default("1s") @Range(min = "10ms", max = "1d") Duration interval,
      @Default("1s") @Range(min = "10ms", max = "1m") Duration timeout,
      Optional<Order> order,
      Optional<Endian> byteOrder,
      Optional<Endian> wordOrder,
      Map<String, Point> points) {
    public Device {
      var check = new Check();
      checkOrder(check, order, byteOrder, wordOrder);
      check
          .that(!host.isBlank(), "host", "must not be blank")
          .that(!points.isEmpty(), "points", "must name at least one point")
          .orRefuse();
    }

    /** For points that name none. */
    public Order usualOrder() {
      return ModbusConfig.order(order, byteOrder, wordOrder).orElse(Order.ABCD);
    }
  }

  /**
   * @param address as it goes over the wire: what a manual calls 40001 is address 0 of holding
   * @param order absent: as byteOrder and wordOrder say, else as the device has it
   * @param scale value = raw * scale + offset
   */
  public record Point(
      @Range(min = "0", max = "65535") int address,
      @Default("holding") Table table,
      @Default("int16") Type type,
      Optional<Order> order,
      Optional<Endian> byteOrder,
      Optional<Endian> wordOrder,
      @Default("") String unit,
      @Default("1") double scale,
      @Default("0") double offset) {
    public Point {
      var check = new Check();
      checkOrder(check, order, byteOrder, wordOrder);
      check
          .that(scale != 0, "scale", "must not be 0")
          .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
          .orRefuse();
    }

    /** Its own order, or its device's. */
    public Order orderOn(Device device) {
      return ModbusConfig.order(order, byteOrder, wordOrder).orElse(device.usualOrder());
    }
  }

  public ModbusConfig {
    var check = new Check();
    devices.forEach(
        (device, settings) -> {
          check.that(
              !device.contains("/"), "devices." + device, "must be one level, without a slash");
          for (String point : settings.points().keySet()) {
            String fault = SeriesName.fault(device + "/" + point);
            check.that(
                fault == null,
                "devices." + device + ".points." + point,
                "makes no series: " + fault);
          }
        });
    check.orRefuse();
  }
}
