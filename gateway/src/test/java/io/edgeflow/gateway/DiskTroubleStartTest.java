package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.gateway.disk.DirectoryInUse;
import io.edgeflow.gateway.disk.FaultyDisk;
import io.edgeflow.gateway.disk.FaultyDisk.Operation;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.journal.WrongEdge;
import io.edgeflow.process.lifecycle.Lifecycle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that takes nothing is a state to live through, at the start as later. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class DiskTroubleStartTest {
  @TempDir Path temp;

  private final FaultyDisk disk = new FaultyDisk(new NioDisk());
  private final Surroundings surroundings = Surroundings.real().withDisk(disk);

  @ParameterizedTest
  @CsvSource({
    "CREATE, No space left on device, no-space, no space is left",
    "CREATE, Read-only file system, read-only, the file system is read-only",
    "FORCE, Input/output error, io-error, the disk reports errors",
  })
  void staysUpAndSaysWhyUntilTheDiskLetsItStart(
      Operation operation, String error, String state, String words) throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    fail(operation, error);
    try (var edge = new RunningEdge(settings, surroundings)) {
      String why = edge.await("/ready", ready -> ready.body().contains(words)).body();
      assertTrue(why.contains(error), why);
      assertEquals(503, edge.get("/ready").status());
      assertEquals(200, edge.get("/health").status());
      assertEquals(200, edge.get("/").status(), "the page");
      assertEquals(503, edge.get("/api/v1/ledger").status(), "an account of zeros would be a lie");
      JsonNode status = edge.status();
      assertEquals(state, status.at("/journal/state").asText());
      assertTrue(status.at("/journal/forMillis").asLong() > 0, status::toString);
      String metrics = edge.get("/metrics").body();
      assertTrue(metrics.contains("edgeflow_journal_state{state=\"" + state + "\"} 1.0"), metrics);
      assertTrue(metrics.contains("edgeflow_journal_state{state=\"ok\"} 0.0"), metrics);
      assertFalse(listens(settings.mqttPort), "sensors would be let in");
      assertFalse(edge.started.isDone(), "the start came to an end");

      disk.heal();
      edge.awaitStarted();
      // A sync that takes its time is a stall, on a disk that others use too.
      edge.await("/ready", ready -> ready.status() == 200);
      edge.await("/api/v1/status", now -> now.at("/journal/state").asText().equals("ok"));
      assertTrue(listens(settings.mqttPort), "sensors are not let in");
      edge.await(
          "/metrics", all -> all.body().contains("edgeflow_journal_state{state=\"ok\"} 1.0"));
    }
  }

  @Test
  void endsWhileItWaits() throws Exception {
    fail(Operation.CREATE, "No space left on device");
    var edge = new RunningEdge(new EdgeSettings(temp.resolve("data")), surroundings);
    edge.await("/ready", ready -> ready.body().contains("no space is left"));
    edge.close();

    var end = assertThrows(ExecutionException.class, () -> edge.started.get(5, TimeUnit.SECONDS));
    assertInstanceOf(StartAbandoned.class, end.getCause());
  }

  /** J6: what waiting cannot mend ends the start. */
  @Test
  void doesNotWaitForADirectoryOfAnotherEdgeOrProcess() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = new RunningEdge(settings, surroundings).awaitStarted()) {
      EdgeSettings second = new EdgeSettings(settings.dataDir);
      assertThrows(
          DirectoryInUse.class,
          () -> EdgeProcess.start(second.with(), new Lifecycle("gateway"), surroundings));
      edge.await("/ready", ready -> ready.status() == 200);
    }
    assertThrows(
        WrongEdge.class,
        () ->
            EdgeProcess.start(settings.with("edge=pi-8"), new Lifecycle("gateway"), surroundings));
  }

  @Test
  void saysWhyItIsNotReadyWhileItRunsAndGoesOnByItself() throws Exception {
    EdgeSettings settings = new EdgeSettings(temp.resolve("data"));
    try (var edge = new RunningEdge(settings, surroundings).awaitStarted();
        var sensor = new TestSensor(settings.mqttPort)) {
      assertTrue(sensor.acknowledged(sensor.publish(1)), "not acknowledged on a disk that is well");
      fail(Operation.FORCE, "Read-only file system");
      var late = sensor.publish(2);
      String why = edge.await("/ready", ready -> ready.body().contains("read-only")).body();
      assertTrue(why.contains("the file system is read-only (Read-only file system)"), why);
      assertEquals("read-only", edge.status().at("/journal/state").asText());
      assertFalse(late.isDone(), "acknowledged although it cannot be synced");

      disk.heal();
      edge.await("/ready", ready -> ready.status() == 200);
      assertTrue(sensor.acknowledged(late), "not acknowledged although the disk is well again");
      // The failure and, ten seconds after it, the recovery.
      edge.await(
          "/api/v1/ledger",
          ledger -> ledger.body().contains("\"event\":{\"framed\":{\"frames\":2"));
    }
  }

  private void fail(Operation which, String error) {
    disk.fault(
        operation -> {
          if (operation == which) {
            throw new IOException(error);
          }
        });
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
