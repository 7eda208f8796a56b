package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** PLC4X leaves threads behind unless it is cleaned up after: counted here, for each way to end. */
@Isolated("counts every thread of this JVM")
final class ReconnectTest {
  private static final int TIMES = 50;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void leavesNoThreadBehindWhenTheDeviceKeepsHangingUp() throws Exception {
    try (var hostile = new HostileSlave(new EveryThirdHangsUp());
        var plc4x = new Plc4xRegisters();
        var source = plc4x.open(Plc4xRegisterSourceTest.device(hostile.port()))) {
      int before = afterOneConnection(source);

      while (hostile.connections.get() < TIMES) {
        source.read(Plc4xRegisterSourceTest.holding(0, 1));
      }

      settlesAt(before);
    }
  }

  @Test
  void leavesNoThreadBehindWhenWeHangUp() throws Exception {
    try (var hostile = new HostileSlave(request -> HostileSlave.registers(request, new byte[4]));
        var plc4x = new Plc4xRegisters();
        var source = plc4x.open(Plc4xRegisterSourceTest.device(hostile.port()))) {
      int before = afterOneConnection(source);

      while (hostile.connections.get() < TIMES) {
        assertInstanceOf(
            PollResult.WrongCount.class, source.read(Plc4xRegisterSourceTest.holding(0, 1)));
      }

      settlesAt(before);
    }
  }

  @Test
  void leavesNoThreadBehindWhenTheDeviceIsOff() throws Exception {
    try (var plc4x = new Plc4xRegisters();
        var source = plc4x.open(Plc4xRegisterSourceTest.device(closedPort()))) {
      int before = afterOneConnection(source);

      for (int attempt = 0; attempt < TIMES; attempt++) {
        assertInstanceOf(
            PollResult.Unreachable.class, source.read(Plc4xRegisterSourceTest.holding(0, 1)));
      }

      settlesAt(before);
    }
  }

  private static int closedPort() throws Exception {
    try (var hostile = new HostileSlave(HostileSlave.SILENT)) {
      return hostile.port();
    }
  }

  private static int afterOneConnection(RegisterSource source) throws InterruptedException {
    source.read(Plc4xRegisterSourceTest.holding(0, 1));
    return THREADS.getThreadCount();
  }

  /** A connection has up to six threads; a leak would have left fifty times as many. */
  private static void settlesAt(int before) throws InterruptedException {
    int allowed = before + 6;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (THREADS.getThreadCount() > allowed && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(
        THREADS.getThreadCount() <= allowed,
        () ->
            before
                + " threads before, now "
                + Arrays.stream(THREADS.dumpAllThreads(false, false))
                    .map(t -> t.getThreadName())
                    .sorted()
                    .toList());
  }

  private static final class EveryThirdHangsUp implements UnaryOperator<byte[]> {
    private int requests;

    @Override
    public synchronized byte[] apply(byte[] request) {
      if (++requests % 3 == 0) {
        throw new IllegalStateException("hang up");
      }
      return HostileSlave.registers(request, new byte[2]);
    }
  }
}
