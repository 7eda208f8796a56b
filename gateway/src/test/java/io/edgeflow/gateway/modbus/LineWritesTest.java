package io.edgeflow.gateway.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.capture.Submission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writes between the polls of a line, where unit 1 answers and a unit 2 would be dead. */
@Timeout(60)
final class LineWritesTest {
  private static final RegisterWrite WRITE = new RegisterWrite.Coil(7, true);
  private static final ModbusDevice ALIVE = unit("alive", 1);
  private static final ModbusDevice DEAD = unit("dead", 2);

  /** For whoever answers on a busy machine. */
  private static final Duration LONG = Duration.ofSeconds(10);

  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private HostileSlave slave;

  @BeforeEach
  void listen() throws Exception {
    slave =
        new HostileSlave(
            request -> {
              writes.addAndGet(request[7] == 5 ? 1 : 0);
              return request[6] == 2
                  ? new byte[0]
                  : request[7] == 5 ? request : HostileSlave.registers(request, new byte[2]);
            });
  }

  /** Whoever was late once is asked again soon. */
  private Poller poll(Duration timeout, ModbusDevice... units) throws InterruptedException {
    var bus = new ModbusBus("line", timeout, 0, List.of(units));
    var output =
        new PollOutput(
            new Counting(),
            (topic, payload) -> {},
            (device, fault, detail) -> {},
            new ModbusCounters(List.of("alive", "dead")));
    var poller =
        new Poller(
            List.of(bus),
            line -> Lines.tcp(slave.port(), timeout),
            output,
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(400)),
            () -> 0.5);
    poller.start();
    await(() -> polls.get() > 0);
    return poller;
  }

  @AfterEach
  void end() throws Exception {
    slave.close();
  }

  @Test
  void writesToADeadUnitLetItsNeighboursBePolled() throws Exception {
    try (Poller poller = poll(Duration.ofMillis(200), ALIVE, DEAD)) {
      var over = new AtomicBoolean();
      Thread hasty =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!over.get()) {
                      poller.write("dead", WRITE, false, () -> true, result -> {});
                      pause();
                    }
                  });
      try {
        await(() -> writes.get() > 1);
        int before = polls.get();
        await(() -> polls.get() >= before + 10);
      } finally {
        over.set(true);
        hasty.join();
      }
    }
  }

  @Test
  void whoeverFailsWhenHeIsToldOfAWriteEndsNoPolls() throws Exception {
    try (Poller poller = poll(LONG, ALIVE)) {
      BlockingQueue<WriteResult> told = new LinkedBlockingQueue<>();
      assertTrue(
          poller.write(
              "alive",
              WRITE,
              false,
              () -> true,
              result -> {
                told.add(result);
                throw new IllegalStateException("on purpose");
              }));
      assertEquals(new WriteResult.Written(""), told.poll(20, TimeUnit.SECONDS));
      int before = polls.get();
      await(() -> polls.get() >= before + 3);
    }
  }

  @Test
  void whatNobodyWantsAnyMoreIsNotWritten() throws Exception {
    try (Poller poller = poll(LONG, ALIVE)) {
      BlockingQueue<WriteResult> told = new LinkedBlockingQueue<>();
      assertTrue(poller.write("alive", WRITE, false, () -> false, told::add));
      assertEquals(new WriteResult.Lapsed(), told.poll(20, TimeUnit.SECONDS));
      assertEquals(0, writes.get());
    }
  }

  private static ModbusDevice unit(String name, int id) {
    var point =
        new RegisterPoint(
            name + "/r", RegisterTable.HOLDING, 0, RegisterType.INT16, RegisterOrder.ABCD, 1, 0);
    return new ModbusDevice(name, id, Duration.ofMillis(20), PlanLimits.USUAL, List.of(point));
  }

  private final class Counting implements Intake {
    @Override
    public boolean offer(Submission submission) {
      polls.incrementAndGet();
      return true;
    }

    @Override
    public void whenRoom(Runnable retry) {
      throw new AssertionError("a poll does not wait for room");
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain");
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(2);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }
}
