package io.edgeflow.cloud.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.query.ServedCloud;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.Frame;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listeners hear of what is committed, and a slow one harms only itself. */
@Timeout(120)
final class LiveStreamIT {
  private static ServedCloud cloud;
  private final Plant plant = new Plant("pi-7", new Random());

  @BeforeAll
  static void start() throws Exception {
    var settings = WebSettings.of("127.0.0.1", 0).withStreams(8, 64 << 10, Duration.ofSeconds(15));
    cloud = new ServedCloud(InstantSource.fixed(ServedCloud.NOW), settings);
  }

  @AfterAll
  static void stop() throws Exception {
    cloud.close();
  }

  @Test
  void tellsWindowsRunsAndEventsAfterTheirCommit() throws Exception {
    try (var all = new Listener("")) {
      cloud.store(plant.windows("pump/flow", Plant.window(0, 1, 2, 3)));
      String points = all.next("points");
      assertTrue(
          points.startsWith("{\"edge\":\"pi-7\",\"items\":[{\"name\":\"pi-7/pump/flow\""), points);
      assertTrue(
          points.contains("\"t\":1763672400000,\"span\":60000,\"count\":3,\"valued\":3"), points);
      assertTrue(points.contains("\"mean\":2.0"), points);
      cloud.store(plant.state("pump/mode", "say \"on\"\nnow", 4));
      assertTrue(all.next("runs").contains("\"value\":\"say \\\"on\\\"\\nnow\""));
      cloud.store(plant.event("the pump cavitates"));
      assertTrue(all.next("events").contains("\"message\":\"the pump cavitates\""));
    }
  }

  @Test
  void tellsOfLateAlarmsByOneDigest() throws Exception {
    try (var all = new Listener("")) {
      long late = Plant.START - 60 * Plant.MINUTE;
      cloud.store(
          plant.events(
              Plant.alarm("alarm-raised", late, "a", "flow.h", "high", "unacknowledged"),
              Plant.alarm("alarm-raised", late, "b", "flow.h", "high", "unacknowledged"),
              new EventRow(late, EventSeverity.INFO, "gap", "", "no alarm", new TreeMap<>())));
      String gap = all.next("events");
      assertTrue(gap.contains("no alarm") && !gap.contains("alarm-raised"), gap);
      String digest = all.next("events");
      assertTrue(digest.startsWith("{\"edge\":\"\",\"items\":[{\"id\":\"digest-"), digest);
      assertTrue(digest.contains("\"alarms\":\"2\""), digest);
    }
  }

  @Test
  void tellsOnlyOfTheSeriesThatWereAskedFor() throws Exception {
    try (var one = new Listener("?series=pi-7/pump-2/*&series=pi-9/*")) {
      cloud.store(
          plant.windows("pump-1/flow", Plant.window(0, 1)),
          plant.windows("pump-2/flow", Plant.window(0, 2)));
      String points = one.next("points");
      assertTrue(points.contains("pi-7/pump-2/flow"), points);
      assertFalse(points.contains("pump-1"), points);
    }
  }

  @Test
  void callsSeriesAsPeopleDo() throws Exception {
    cloud.store(plant.windows("called/one", Plant.window(0, 1)));
    String rename =
        "{\"from\":\"pi-7/called/one\",\"to\":\"pi-7/called/two\",\"who\":\"ada\",\"why\":\"so\"}";
    assertEquals(200, cloud.post("/api/v1/series/rename", rename).statusCode());
    try (var one = new Listener("?series=pi-7/called/two")) {
      cloud.store(plant.windows("called/one", Plant.window(1, 1)));
      assertTrue(one.next("points").contains("\"name\":\"pi-7/called/two\""));
    }
  }

  @Test
  void tellsAllOthersInTimeWhileOneDoesNotRead() throws Exception {
    try (var slow = new Listener("");
        var quick = new Listener("?series=pi-7/last/*")) {
      for (int i = 0; i < 60; i++) {
        cloud.store(many(i));
      }
      cloud.store(plant.windows("last/one", Plant.window(0, 1)));
      assertTrue(quick.next("points").contains("pi-7/last/one"));
      assertTrue(slow.readsUntilItIsCutOff() > 0);
    }
  }

  @Test
  void losesNothingInTheTablesWhereNobodyListens() throws Exception {
    cloud.store(plant.windows("quiet/one", Plant.window(0, 1)));
    assertEquals(1, cloud.get("/api/v1/latest?series=pi-7/quiet/one").get("series").size());
  }

  private Frame many(int minute) {
    return plant.windows(
        "pump/flow",
        IntStream.range(0, 1000)
            .mapToObj(i -> Plant.window(minute * 1000L + i, i, i + 0.123456789))
            .toArray(Window[]::new));
  }

  private static final class Listener implements AutoCloseable {
    private final Socket socket = new Socket();
    private final BufferedReader in;

    Listener(String query) throws IOException {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), cloud.port()));
      String request = "GET /api/v1/stream" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8), 512);
      assertEquals("{}", next("open"));
    }

    /** The data of the next event of this name. */
    String next(String event) throws IOException {
      String line = in.readLine();
      while (line != null && !line.equals("event: " + event)) {
        line = in.readLine();
      }
      assertTrue(line != null, "ended before " + event);
      return in.readLine().substring("data: ".length());
    }

    long readsUntilItIsCutOff() {
      long lines = 0;
      try {
        while (in.readLine() != null) {
          lines++;
        }
      } catch (IOException reset) {
        return lines;
      }
      return lines;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
