package io.edgeflow.lab.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.commissioning.GatewayRoutes;
import io.edgeflow.gateway.commissioning.GatewayViews;
import io.edgeflow.gateway.commissioning.Ledger;
import io.edgeflow.gateway.commissioning.LiveReadings;
import io.edgeflow.gateway.commissioning.ModbusUnits;
import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.process.lifecycle.ExitCodes;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

@Timeout(30)
final class TailTest {
  private final Vertx vertx = EventLoop.start(1);
  private final LiveReadings live = new LiveReadings();
  private final StringWriter out = new StringWriter();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    var nothing =
        new GatewayViews(
            TailTest::noLedger,
            List::of,
            TailTest::noStatus,
            List::of,
            () -> ModbusUnits.NONE,
            List::of);
    var routes = GatewayRoutes.of(nothing, live, () -> "", () -> 0);
    server = WebServer.start(vertx, WebSettings.of("127.0.0.1", 0), routes);
  }

  @AfterEach
  void stop() throws IOException {
    live.close();
    server.close();
    EventLoop.close(vertx);
  }

  @Test
  void printsReadingsThatMatchUntilItHasEnough() {
    assertEquals(ExitCodes.DONE, tail("--match", "pump-*", "-n", "2"));
    List<String> lines = out.toString().lines().toList();
    assertEquals(2, lines.size(), out::toString);
    assertTrue(lines.getFirst().contains("pump-1/flow"), out::toString);
    assertTrue(lines.getFirst().endsWith("41.5  uncertain"), out::toString);
  }

  @Test
  void printsJsonLines() {
    assertEquals(ExitCodes.DONE, tail("--json", "--match", "pump", "-n", "1"));
    assertEquals(
        "{\"series\":\"pump-1/flow\",\"t\":2000,\"value\":41.5,\"quality\":\"uncertain\"}",
        out.toString().strip());
  }

  @Test
  void failsWhereNoGatewayAnswers() throws IOException {
    String address = server.address().toString();
    server.close();
    assertEquals(ExitCodes.FAILED, CommandRunner.run(new Tail(), "--url", address));
  }

  /** Readings come until the command has ended. */
  private int tail(String... arguments) {
    var all = new ArrayList<>(List.of("--url", server.address().toString()));
    all.addAll(List.of(arguments));
    var ended =
        CompletableFuture.supplyAsync(
            () ->
                new CommandLine(new Tail())
                    .setOut(new PrintWriter(out, true))
                    .execute(all.toArray(String[]::new)));
    while (!ended.isDone()) { // The test's own time limit is the deadline.
      live.accepted("boiler/level", 1_000_000, 1, null, Quality.GOOD);
      live.accepted("pump-1/flow", 2_000_000, 41.5, null, Quality.UNCERTAIN);
      LockSupport.parkNanos(1_000_000);
    }
    return ended.join();
  }

  private static Ledger noLedger() {
    throw new IllegalStateException("not asked for");
  }

  private static Status noStatus() {
    throw new IllegalStateException("not asked for");
  }
}
