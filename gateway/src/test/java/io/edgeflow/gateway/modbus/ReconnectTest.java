package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Threads, file handles and direct memory stay as they are, however connections end. */
@Isolated("counts the threads and handles of this JVM")
final class ReconnectTest {
  private static final int TIMES = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Held(int threads, long handles, long direct) {
    static Held now() {
      var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      long direct =
          ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
              .mapToLong(BufferPoolMXBean::getMemoryUsed)
              .sum();
      return new Held(THREADS.getThreadCount(), system.getOpenFileDescriptorCount(), direct);
    }

    boolean isAbout(Held before) {
      return threads <= before.threads + 3
          && handles <= before.handles + 10
          && direct <= before.direct + 65_536;
    }
  }

  @Test
  void nothingIsLeftBehindWhenTheDeviceKeepsHangingUp() throws Exception {
    try (var hostile = new HostileSlave(new EveryThirdHangsUp());
        ModbusLine line = Lines.tcp(hostile.port())) {
      Held before = afterOneConnection(line);

      while (hostile.connections.get() < TIMES) {
        line.read(1, ModbusLineTest.holding(0, 1));
      }

      settlesAt(before, hostile);
    }
  }

  @Test
  void nothingIsLeftBehindWhenWeHangUp() throws Exception {
    try (var hostile = new HostileSlave(request -> HostileSlave.registers(request, new byte[4]));
        ModbusLine line = Lines.tcp(hostile.port())) {
      Held before = afterOneConnection(line);

      while (hostile.connections.get() < TIMES) {
        assertInstanceOf(PollResult.WrongCount.class, line.read(1, ModbusLineTest.holding(0, 1)));
      }

      settlesAt(before, hostile);
    }
  }

  @Test
  void nothingIsLeftBehindWhenTheDeviceRefusesConnections() throws Exception {
    int closed;
    try (var hostile = new HostileSlave(HostileSlave.SILENT)) {
      closed = hostile.port();
    }
    try (ModbusLine line = Lines.tcp(closed)) {
      Held before = afterOneConnection(line);

      for (int attempt = 0; attempt < TIMES; attempt++) {
        assertInstanceOf(PollResult.Unreachable.class, line.read(1, ModbusLineTest.holding(0, 1)));
      }

      assertTrue(Held.now().isAbout(before), () -> before + ", now " + Held.now());
    }
  }

  private static Held afterOneConnection(ModbusLine line) throws InterruptedException {
    line.read(1, ModbusLineTest.holding(0, 1));
    return Held.now();
  }

  /** The server's ends of the connections are in this JVM, too. */
  private static void settlesAt(Held before, HostileSlave hostile) throws Exception {
    hostile.close();
    assertEquals(TIMES, hostile.connections.get());
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!Held.now().isAbout(before) && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    assertTrue(Held.now().isAbout(before), () -> before + ", now " + Held.now());
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
