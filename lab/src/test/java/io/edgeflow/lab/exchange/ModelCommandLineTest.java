package io.edgeflow.lab.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.gateway.capture.IntakeQueue;
import io.edgeflow.gateway.config.ScoringConfig;
import io.edgeflow.gateway.config.ScoringConfig.Placement;
import io.edgeflow.gateway.scoring.GatewayScoring;
import io.edgeflow.gateway.scoring.http.ModelRoutes;
import io.edgeflow.inference.runtime.RuntimeSettings;
import io.edgeflow.inference.runtime.ScoringRuntime;
import io.edgeflow.models.cli.Model;
import io.edgeflow.process.cli.CommandRunner;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./edgeflow model slots} and {@code change}, against a real desk behind a real server. */
@Timeout(120)
final class ModelCommandLineTest {
  @TempDir Path temp;

  private record Ran(int code, String words) {}

  @Test
  void modelsAreShownAndChangedFromTheCommandLine() throws Exception {
    ScoringRuntime.open(RuntimeSettings.defaults().keepingIn(Path.of("target/runtime")));
    List<Path> bundles = VersionBundles.write(temp.resolve("bundles"), 2);
    var slot = new ScoringConfig("wear", bundles.getFirst(), Placement.INSIDE, Optional.empty());
    var ground =
        new GatewayScoring.Ground(
            temp.resolve("models"),
            new IntakeQueue(64, 1 << 20, () -> {}),
            new SimpleMeterRegistry(),
            (severity, type, message, detail) -> {},
            () -> 1_763_672_400_000_000L);
    var pace = new GatewayScoring.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));
    Vertx vertx = EventLoop.start(1);
    try (GatewayScoring scoring = GatewayScoring.start(List.of(slot), ground, pace);
        WebServer server =
            WebServer.start(
                vertx,
                WebSettings.of("127.0.0.1", 0),
                ModelRoutes.add(new Routes(), () -> scoring))) {
      String gateway = "--gateway=" + server.address();
      String liar = VersionBundles.liar(temp.resolve("bundles")).toString();
      refused("did not prove itself", run("change", "wear", "prepare", liar, gateway));
      refused("no candidate", run("change", "wear", "promote", gateway));
      refused("no slot none; `edgeflow model slots`", run("change", "none", "back", gateway));
      refused("no slot waer; did you mean wear?", run("change", "waer", "back", gateway));
      assertEquals(2, run("change", "wear", "prepare", gateway).code(), "prepare what?");
      assertEquals(2, run("change", "wear", "sideways", gateway).code());
      done("has proved itself", run("change", "wear", "prepare", "" + bundles.get(1), gateway));
      done("is compared", run("change", "wear", "shadow", gateway));
      read(scoring);
      String shown = shown(gateway, "1 rows compared, difference 1.00000");
      assertTrue(shown.contains("wear: serving"), shown);
      assertTrue(shown.contains("named by the configuration"), shown);
      done("plus 2 serves", run("change", "wear", "promote", "--who=ada", "--why=new", gateway));
      shown = shown(gateway, "chosen by ada: new");
      assertTrue(shown.contains("2025-11-20T21:00:00Z promote by ada (new): done, plus 2"), shown);
      assertTrue(run("slots", "--json", gateway).words().contains("\"version\":\"2\""));
      done("serves again", run("change", "wear", "back", gateway));
    } finally {
      EventLoop.close(vertx);
    }
    Ran nobody = run("slots", "--gateway=http://127.0.0.1:1");
    refused("no gateway answers at http://127.0.0.1:1", nobody);
  }

  private static void read(GatewayScoring scoring) {
    scoring.accepted(RowWatch.FLOW, 1_000_000, 3, null, Quality.GOOD);
  }

  /** What {@code slots} prints once it has these words. */
  private static String shown(String gateway, String words) throws InterruptedException {
    for (int i = 0; i < 3_000; i++) {
      Ran ran = run("slots", gateway);
      assertEquals(0, ran.code(), ran::words);
      if (ran.words().contains(words)) {
        return ran.words();
      }
      Thread.sleep(10);
    }
    throw new AssertionError("never shown: " + words + ", but " + run("slots", gateway));
  }

  private static void done(String words, Ran ran) {
    assertEquals(0, ran.code(), ran::words);
    assertTrue(ran.words().contains(words), ran::words);
  }

  private static void refused(String words, Ran ran) {
    assertEquals(1, ran.code(), ran::words);
    assertTrue(ran.words().contains(words), ran::words);
  }

  private static Ran run(String... arguments) {
    var words = new StringWriter();
    var writer = new PrintWriter(words);
    CommandLine line = CommandRunner.line(new Model()).setOut(writer).setErr(writer);
    int code = line.execute(new ArrayList<>(List.of(arguments)).toArray(new String[0]));
    return new Ran(code, words.toString());
  }
}
