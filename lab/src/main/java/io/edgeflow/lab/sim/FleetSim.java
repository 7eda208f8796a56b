package io.edgeflow.lab.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.lab.load.Absences;
import io.edgeflow.lab.load.BookCheck;
import io.edgeflow.lab.load.Lags.Lag;
import io.edgeflow.lab.load.LoadFleet;
import io.edgeflow.lab.load.LoadShape;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./edgeflow sim fleet}: many edges at any cloud. */
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    header = "A fleet of edges that sends to a cloud.",
    description = {
      "Edges with names load-00000 and on, in twenty sites. Each sends a minute of windows a"
          + " minute, as a gateway does, and keeps in memory what it cannot deliver. Now and then"
          + " some are cut off, if you say so.",
      "  edgeflow sim fleet --edges 200 --away site --every 5m --lasting 2m",
      "",
      "The cloud admits 2000 connections unless mqtt.maxConnections says otherwise."
    })
public final class FleetSim implements Callable<Integer> {
  private static final long TELL_SECONDS = 5;
  private static final long SETTLE_SECONDS = 60;

  @Option(
      names = "--cloud",
      paramLabel = "URL",
      defaultValue = "tcp://127.0.0.1:1884",
      converter = BrokerAddress.class,
      description = "The cloud's broker (default: ${DEFAULT-VALUE}).")
  private URI cloud = URI.create("tcp://127.0.0.1:1884");

  @Option(
      names = "--edges",
      paramLabel = "N",
      defaultValue = "200",
      description = "Edges (default: ${DEFAULT-VALUE}).")
  private int edges;

  @Option(
      names = "--series",
      paramLabel = "N",
      defaultValue = "20",
      description = "Series of each (default: ${DEFAULT-VALUE}).")
  private int series;

  @Option(
      names = "--together",
      description =
          "All edges close their minute at the same second; else they are spread over it.")
  private boolean together;

  @Option(
      names = "--away",
      paramLabel = "WHO",
      description = "Who is cut off now and then: one, site or all (default: nobody).")
  private Absences.@Nullable Who away;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "5m",
      converter = Durations.class,
      description = "From the begin of an absence to that of the next (default: ${DEFAULT-VALUE}).")
  private Duration every = Duration.ofMinutes(5);

  @Option(
      names = "--lasting",
      paramLabel = "DURATION",
      defaultValue = "1m",
      converter = Durations.class,
      description = "How long each lasts (default: ${DEFAULT-VALUE}).")
  private Duration lasting = Duration.ofMinutes(1);

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "Stop by itself after that time.")
  private @Nullable Duration runFor;

  @Option(
      names = "--ledger",
      paramLabel = "URL",
      description =
          "The cloud's pages, such as http://127.0.0.1:8080: in the end the books of the edges are"
              + " held against its ledger.")
  private @Nullable URI ledger;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Equal seeds make equal plants (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("UnusedVariable") // Picocli reads its footer.
  @Mixin
  private Units units = new Units();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(edges >= 1 && edges <= 20_000, "--edges is not 1 to 20000");
    check(series >= 1 && series <= 5_000, "--series is not 1 to 5000");
    check(lasting.compareTo(every) < 0, "--lasting must be shorter than --every");
    check(
        ledger == null || "http".equals(ledger.getScheme()),
        "--ledger is no address such as http://127.0.0.1:8080");
    var stop = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown));
    LoadShape shape = LoadShape.of(cloud, edges, seed).withSeries(series).paced(1, together);
    try (LoadFleet fleet = LoadFleet.of(shape, System.currentTimeMillis() * 1_000)) {
      fleet.start();
      say(edges + " edges to " + cloud + "; Ctrl-C ends it");
      run(fleet, stop);
      return ledger == null ? 0 : settle(fleet, ledger);
    }
  }

  private void run(LoadFleet fleet, CountDownLatch stop) throws InterruptedException {
    Absences absences = away == null ? null : new Absences(fleet, away, every, lasting, seed);
    long end = System.nanoTime() + (runFor == null ? Long.MAX_VALUE / 2 : runFor.toNanos());
    long told = System.nanoTime();
    while (System.nanoTime() - end < 0 && !stop.await(100, TimeUnit.MILLISECONDS)) {
      if (absences != null) {
        absences.look(System.nanoTime()).ifPresent(this::say);
      }
      if (System.nanoTime() - told >= TimeUnit.SECONDS.toNanos(TELL_SECONDS)) {
        tell(fleet, told);
        told = System.nanoTime();
      }
    }
    fleet.mend(edge -> true);
  }

  private void tell(LoadFleet fleet, long since) {
    Lag lag = fleet.lags().between(since, System.nanoTime());
    say(
        String.format(
            Locale.ROOT,
            "%d connected, %d answered, %d frames wait; %d frames of windows committed, the slowest"
                + " after %.2f s",
            fleet.connected(),
            fleet.sending(),
            fleet.pending(),
            lag.frames(),
            lag.most() / 1e9));
  }

  private int settle(LoadFleet fleet, URI pages) throws IOException, InterruptedException {
    fleet.stopSensing();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
    while (fleet.pending() > 0 && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    BookCheck check = BookCheck.of(fleet.books(), account(pages));
    say(
        String.format(
            Locale.ROOT,
            "%,d frames of windows with %,d readings, %,d events: %s",
            check.windows().committed().frames(),
            check.windows().committed().readings(),
            check.events().committed().frames(),
            check.balances() ? "edges = ledger = tables" : "THE BOOKS DO NOT BALANCE"));
    check.faults().forEach(fault -> say("  " + fault));
    return check.balances() ? 0 : 1;
  }

  private static JsonNode account(URI pages) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(pages.resolve("/api/v1/ledger?audit=true")).build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(request.uri() + " answered " + answer.statusCode());
      }
      return new ObjectMapper().readTree(answer.body());
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  private void check(boolean good, String fault) {
    if (!good) {
      throw new ParameterException(spec.commandLine(), fault);
    }
  }
}
