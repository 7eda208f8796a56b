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

  /** The two registers of a 32-bit value: high word first, or low word first. */
  public enum Order {
    ABCD,
    CDAB
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
    FLOAT32
  }

  /**
   * @param interval from one poll to the next
   * @param timeout of one connect and of one answer
   * @param order for points that name none
   * @param points by the name that ends their series
   */
  public record Device(
      String host,
      @Default("502") @Range(min = "1", max = "65535") int port,
      @Default("1") @Range(min = "0", max = "255") int unitId,
      @Default("1s") @Range(min = "10ms", max = "1d") Duration interval,
      @Default("1s") @Range(min = "10ms", max = "1m") Duration timeout,
      @Default("ABCD") Order order,
      Map<String, Point> points) {
    public Device {
      new Check()
          .that(!host.isBlank(), "host", "must not be blank")
          .that(!points.isEmpty(), "points", "must name at least one point")
          .orRefuse();
    }
  }

  /**
   * @param address as it goes over the wire: what a manual calls 40001 is address 0 of holding
   * @param scale value = raw * scale + offset
   */
  public record Point(
      @Range(min = "0", max = "65535") int address,
      @Default("holding") Table table,
      @Default("int16") Type type,
      Optional<Order> order,
      @Default("") String unit,
      @Default("1") double scale,
      @Default("0") double offset) {
    public Point {
      new Check()
          .that(scale != 0, "scale", "must not be 0")
          .that(unit.length() <= LONGEST_UNIT, "unit", "must be 32 characters or fewer")
          .orRefuse();
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
