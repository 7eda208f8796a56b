package io.edgeflow.lab.sim;

import io.edgeflow.gateway.modbus.RegisterOrder;
import io.edgeflow.gateway.modbus.RegisterPoint;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.RegisterType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What answers over Modbus: a boiler as unit 1 and a chiller as unit 2, every encoding in use, and
 * the controller of the pumps' drives as unit 3.
 */
final class SlaveDevices {
  static final String BOILER = "boiler-1";
  static final String CHILLER = "chiller-1";

  private final long seed;

  SlaveDevices(long seed) {
    this.seed = seed;
  }

  List<SlavePoint> points(List<DrivenPump> pumps) {
    List<SlavePoint> points = new ArrayList<>(points());
    pumps.forEach(pump -> points.add(speed(pump)));
    return points;
  }

  private static SlavePoint speed(DrivenPump driven) {
    String name = driven.pump().name();
    var at =
        new RegisterPoint(
            DrivenPump.CONTROLLER + "/" + name,
            RegisterTable.HOLDING,
            driven.address(),
            RegisterType.UINT16,
            RegisterOrder.ABCD,
            0.1,
            0);
    Signal percent = driven.drive().times(Signal.constant(100));
    return new SlavePoint(DrivenPump.CONTROLLER_UNIT, name, at, "%", percent);
  }

  private List<SlavePoint> points() {
    Signal firing = Signal.daily(0.2, 7).plus(Signal.wander(seed, 0.15, Duration.ofMinutes(5)));
    Signal supply = Signal.constant(74).plus(firing.times(Signal.constant(12))).plus(noise(1, 0.1));
    Signal back = Signal.constant(55).plus(firing.times(Signal.constant(6))).plus(noise(2, 0.1));
    Signal pressure = Signal.constant(1.8).plus(noise(3, 0.01)).plus(Signal.drift(0.2, 60));
    Signal gas = Signal.constant(31).plus(firing.times(Signal.constant(20))).plus(noise(4, 0.2));
    Signal outside = Signal.constant(4).plus(Signal.daily(6, 14)).plus(noise(5, 0.05));
    Signal water = Signal.constant(6.5).plus(Signal.wander(seed + 6, 1.2, Duration.ofMinutes(4)));
    Signal load = Signal.constant(48).plus(Signal.daily(30, 15)).plus(noise(7, 0.5));
    Signal power = load.times(Signal.constant(1.7)).plus(Signal.constant(-20));
    return List.of(
        boiler("supply", RegisterTable.HOLDING, 0, RegisterType.INT16, 0.1, "degC", supply),
        boiler("return", RegisterTable.HOLDING, 1, RegisterType.INT16, 0.1, "degC", back),
        boiler("pressure", RegisterTable.HOLDING, 2, RegisterType.UINT16, 0.001, "bar", pressure),
        boiler("gas", RegisterTable.HOLDING, 4, RegisterType.FLOAT32, 1, "m3/h", gas),
        boiler("outside", RegisterTable.INPUT, 10, RegisterType.INT16, 0.01, "degC", outside),
        chiller("water", RegisterTable.INPUT, 0, RegisterType.FLOAT32, 1, "degC", water),
        chiller("load", RegisterTable.INPUT, 2, RegisterType.UINT32, 0.01, "%", load),
        chiller("power", RegisterTable.HOLDING, 100, RegisterType.INT32, 0.001, "kW", power));
  }

  private Signal noise(long salt, double deviation) {
    return Signal.noise(seed + salt, deviation);
  }

  private static SlavePoint boiler(
      String name,
      RegisterTable table,
      int address,
      RegisterType type,
      double scale,
      String unit,
      Signal signal) {
    var at =
        new RegisterPoint(BOILER + "/" + name, table, address, type, RegisterOrder.ABCD, scale, 0);
    return new SlavePoint(1, name, at, unit, signal);
  }

  private static SlavePoint chiller(
      String name,
      RegisterTable table,
      int address,
      RegisterType type,
      double scale,
      String unit,
      Signal signal) {
    var at =
        new RegisterPoint(CHILLER + "/" + name, table, address, type, RegisterOrder.CDAB, scale, 0);
    return new SlavePoint(2, name, at, unit, signal);
  }
}
