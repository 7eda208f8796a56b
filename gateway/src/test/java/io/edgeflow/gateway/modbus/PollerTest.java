package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.digitalpetri.modbus.ExceptionCode;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.PolledValue;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.modbus.ModbusCounters.Outcome;
import io.edgeflow.gateway.modbus.ModbusFaults.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PollerTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(80));

  private static final Duration TIMEOUT = Duration.ofMillis(300);

  private record Arrival(List<PolledValue> readings, long nanos) {}

  private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
  private final ConcurrentHashMap<String, String> published = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Fault, String> faults = new ConcurrentHashMap<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private PlantSlave slave;

  @BeforeEach
  void start() throws Exception {
    slave = new PlantSlave();
  }

  @AfterEach
  void end() throws Exception {
    slave.close();
  }

  /** It answers all it is asked, each just in time: that must not add up for the others. */
  @Test
  @Timeout(60)
  void aSlowUnitOfManyBlocksDoesNotHoldUpItsNeighbours() throws Exception {
    List<Integer> asked = new CopyOnWriteArrayList<>();
    try (var line =
        new HostileSlave(
            request -> {
              asked.add((int) request[6]);
              if (request[6] == 2) {
                pause(100);
              }
              return HostileSlave.registers(request, new byte[2]);
            })) {
      List<RegisterPoint> far = IntStream.range(1, 21).mapToObj(i -> tenths(100 * i)).toList();
      Duration interval = Duration.ofMillis(20);
      ports.put("line", line.port());
      var bus =
          bus(
              "line",
              new ModbusDevice("quick", 1, interval, PlanLimits.USUAL, List.of(tenths(7))),
              new ModbusDevice("slow", 2, interval, PlanLimits.USUAL, far));

      long late;
      do {
        asked.clear();
        arrivals.clear();
        var counters = counters(List.of(bus));
        try (var poller = poller(List.of(bus), true, counters)) {
          poller.start();
          await(() -> series().contains("plc/r2000"));
        }
        late = counters.requests("quick", Outcome.TIMED_OUT);
      } while (late > 0); // Nobody makes room for one that does not answer in time itself.

      int slow = 0;
      for (int unit : asked) {
        slow = unit == 2 ? slow + 1 : 0;
        // It pauses within one time-out, three blocks; as many more where its next poll begins.
        assertTrue(slow <= 6, () -> "was held up by one block after another: " + asked);
      }
      long worst = 0;
      long last = 0;
      for (Arrival arrival : arrivals) {
        if (arrival.readings().getFirst().series().equals("plc/r7")) {
          worst = last == 0 ? 0 : Math.max(worst, arrival.nanos() - last);
          last = arrival.nanos();
        }
      }
      Duration longest = Duration.ofNanos(worst);
      // One block after another would make it 2 s.
      assertTrue(longest.toMillis() < 1_700, () -> "was held up for " + longest);
      assertTrue(arrivals.size() > 25, () -> "polls: " + arrivals.size());
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void turnsRegistersIntoReadingsAndTellsTheLocalBroker() throws Exception {
    ByteBuffer.wrap(slave.holding).putShort(0, (short) -15).putFloat(2, 3.25f);
    var device = device("plc", slave.port(), 20, tenths(0), real(1));

    try (var poller = poller(List.of(device), true)) {
      poller.start();
      await(() -> !arrivals.isEmpty());
    }

    assertEquals(
        List.of(good("plc/r0", -1.5), good("plc/r1", 3.25)), arrivals.element().readings());
    assertEquals("-1.5", published.get("modbus/plc/r0"));
  }

  @Test
  void keepsItsRhythmBesideDeadDevices() throws Exception {
    try (var silent = new HostileSlave(HostileSlave.SILENT);
        var hangingUp = new HostileSlave(HostileSlave.HANGING_UP)) {
      var devices =
          List.of(
              device("off", 1, 20, tenths(0)),
              device("silent", silent.port(), 20, tenths(0)),
              device("flapping", hangingUp.port(), 20, tenths(0)),
              device("alive", slave.port(), 50, tenths(0)));
      var counters = counters(devices);

      long begun = System.nanoTime();
      try (var poller = poller(devices, true, counters)) {
        poller.start();
        await(() -> arrivals.size() >= 41);
      }

      List<Arrival> all = new ArrayList<>(arrivals);
      Duration forty = Duration.ofNanos(all.get(40).nanos() - begun);
      assertTrue(forty.toMillis() >= 2_000, () -> "drifts forwards: " + forty);
      // One neighbour's time-out a round would make it 12 s; a busy machine costs a tick or two.
      assertTrue(forty.toMillis() < 8_000, () -> "is held up: " + forty);
      assertTrue(counters.requests("off", Outcome.UNREACHABLE) > 1);
      assertTrue(counters.requests("flapping", Outcome.UNREACHABLE) > 1);
      assertTrue(counters.requests("silent", Outcome.TIMED_OUT) > 1);
      assertEquals(0, counters.requests("silent", Outcome.OK));
      assertTrue(faults.containsKey(Fault.TIMED_OUT) && faults.containsKey(Fault.UNREACHABLE));
    }
  }

  @Test
  void leavesASilentDeviceAloneForLongerAndLonger() throws Exception {
    try (var hangingUp = new HostileSlave(HostileSlave.HANGING_UP)) {
      var device = device("flapping", hangingUp.port(), 10, tenths(0));
      var counters = counters(List.of(device));

      try (var poller = poller(List.of(device), true, counters)) {
        long begun = System.nanoTime();
        poller.start();
        await(() -> counters.requests("flapping", Outcome.UNREACHABLE) >= 8);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertTrue(took.toMillis() >= 200, () -> "eight attempts within " + took);
      }
    }
  }

  @Test
  void pollsAgainWhenADeviceComesBack() throws Exception {
    var device = device("plc", slave.port(), 10, tenths(0));
    try (var poller = poller(List.of(device), true)) {
      poller.start();
      await(() -> !arrivals.isEmpty());
      slave.close();
      await(() -> faults.containsKey(Fault.UNREACHABLE));
      arrivals.clear();

      slave = new PlantSlave(ports.getOrDefault("plc", 0));

      await(() -> !arrivals.isEmpty());
    }
  }

  @Test
  void unitsOfOneLineShareAConnectionAndComeBackTogether() throws Exception {
    List<ModbusDevice> units = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      var point =
          new RegisterPoint(
              "unit-" + i + "/r",
              RegisterTable.HOLDING,
              i,
              RegisterType.INT16,
              RegisterOrder.ABCD,
              1,
              0);
      units.add(
          new ModbusDevice(
              "unit-" + i, i, Duration.ofMillis(20), PlanLimits.USUAL, List.of(point)));
    }
    var line = new ModbusBus("line", TIMEOUT, 1, units);
    ports.put("line", slave.port());
    var counters = counters(List.of(line));
    try (var poller = poller(List.of(line), true, counters)) {
      poller.start();
      await(() -> series().size() == 20);
      slave.close();
      await(() -> poller.units().stream().allMatch(unit -> unit.silences() > 0));
      long refused = counters.requests().stream().mapToLong(this::unreachable).sum();
      assertTrue(refused < 60, "the line rests as a whole: " + refused);
      arrivals.clear();

      slave = new PlantSlave(ports.getOrDefault("line", 0));

      await(() -> series().size() == 20);
      await(() -> poller.units().stream().allMatch(unit -> unit.silences() == 0));
    }
  }

  private long unreachable(ModbusCounters.Requests requests) {
    return requests.outcome() == Outcome.UNREACHABLE ? requests.count() : 0;
  }

  private Set<String> series() {
    return arrivals.stream()
        .flatMap(arrival -> arrival.readings().stream())
        .map(PolledValue::series)
        .collect(Collectors.toSet());
  }

  @Test
  void countsWhatTheGatewayHasNoRoomFor() throws Exception {
    var device = device("plc", slave.port(), 10, tenths(0), tenths(1));
    var counters = counters(List.of(device));

    try (var poller = poller(List.of(device), false, counters)) {
      poller.start();
      await(() -> counters.refusedReadings() >= 4);
    }

    assertEquals(0, counters.offeredReadings());
  }

  @Test
  void aFloatThatIsNoNumberIsAFaultAndItsNeighbourAReading() throws Exception {
    ByteBuffer.wrap(slave.holding).putFloat(0, Float.NaN).putFloat(4, 1.5f);
    var device = device("plc", slave.port(), 20, real(0), real(2));

    try (var poller = poller(List.of(device), true)) {
      poller.start();
      await(() -> !arrivals.isEmpty());
    }

    assertEquals(List.of(good("plc/r2", 1.5)), arrivals.element().readings());
    assertEquals("plc: plc/r0 is NaN", faults.get(Fault.NOT_A_NUMBER));
  }

  @Test
  void anExceptionCostsItsBlockOnly() throws Exception {
    slave.refused.put(0, ExceptionCode.SLAVE_DEVICE_FAILURE);
    var device = device("plc", slave.port(), 20, tenths(0), tenths(500));

    try (var poller = poller(List.of(device), true)) {
      poller.start();
      await(() -> !arrivals.isEmpty());
    }

    assertEquals("plc/r500", arrivals.element().readings().getFirst().series());
    assertEquals("plc: exception 4 for holding 0 to 0", faults.get(Fault.EXCEPTION));
  }

  @Test
  void readsAroundAGapThatTheDeviceRefuses() throws Exception {
    slave.refused.put(2, ExceptionCode.ILLEGAL_DATA_ADDRESS);
    var device = device("plc", slave.port(), 20, tenths(0), tenths(4));

    try (var poller = poller(List.of(device), true)) {
      poller.start();
      await(() -> arrivals.size() >= 2);
    }

    assertEquals(
        List.of("plc/r0", "plc/r4"),
        arrivals.stream().limit(2).map(a -> a.readings().getFirst().series()).toList());
  }

  @Test
  void stopsAtOnceWhateverTheDevicesDo() throws Exception {
    try (var silent = new HostileSlave(HostileSlave.SILENT)) {
      var slow =
          new ModbusBus(
              "slow",
              Duration.ofMinutes(1),
              0,
              device("slow", silent.port(), 10, tenths(0)).devices());
      var counters = counters(List.of(slow));
      var poller = poller(List.of(slow), true, counters);
      poller.start();
      await(() -> silent.connections.get() > 0);

      long begun = System.nanoTime();
      poller.close();
      Duration took = Duration.ofNanos(System.nanoTime() - begun);

      assertTrue(took.toMillis() < 10_000, () -> "took " + took);
      await(
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(t -> t.getName().equals("modbus-slow")));
      assertTrue(faults.isEmpty(), "stopping is no fault of the device");
    }
  }

  private final class RecordingIntake implements Intake {
    private final boolean room;

    RecordingIntake(boolean room) {
      this.room = room;
    }

    @Override
    public boolean offer(Submission submission) {
      arrivals.add(new Arrival(submission.polledValues(), submission.arrivedNanos()));
      return room;
    }

    @Override
    public void whenRoom(Runnable retry) {
      throw new AssertionError("a poll does not wait for room");
    }
  }

  private static PolledValue good(String series, double value) {
    return new PolledValue(series, value, Quality.GOOD);
  }

  private Poller poller(List<ModbusBus> devices, boolean room) {
    return poller(devices, room, counters(devices));
  }

  private Poller poller(List<ModbusBus> devices, boolean room, ModbusCounters counters) {
    var output =
        new PollOutput(
            new RecordingIntake(room),
            (topic, payload) -> published.put(topic, new String(payload, StandardCharsets.UTF_8)),
            (device, fault, detail) -> faults.put(fault, device + ": " + detail),
            counters);
    return new Poller(
        devices,
        bus -> Lines.tcp(ports.getOrDefault(bus.name(), 1), bus.timeout()),
        output,
        BACKOFF,
        () -> 0.5);
  }

  private static ModbusCounters counters(List<ModbusBus> devices) {
    return new ModbusCounters(
        devices.stream().flatMap(b -> b.devices().stream()).map(ModbusDevice::name).toList());
  }

  private ModbusBus device(String name, int port, int intervalMillis, RegisterPoint... points) {
    ports.put(name, port);
    return bus(
        name,
        new ModbusDevice(
            name, 1, Duration.ofMillis(intervalMillis), PlanLimits.USUAL, Arrays.asList(points)));
  }

  private static ModbusBus bus(String name, ModbusDevice... devices) {
    return new ModbusBus(name, TIMEOUT, 0, Arrays.asList(devices));
  }

  private static RegisterPoint tenths(int address) {
    return point(address, RegisterType.INT16, 0.1);
  }

  private static RegisterPoint real(int address) {
    return point(address, RegisterType.FLOAT32, 1);
  }

  private static RegisterPoint point(int address, RegisterType type, double scale) {
    return new RegisterPoint(
        "plc/r" + address, RegisterTable.HOLDING, address, type, RegisterOrder.ABCD, scale, 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain");
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }
}
