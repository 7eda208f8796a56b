package io.edgeflow.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.aggregator.reading.Quality;
import io.edgeflow.aggregator.reading.SeriesName;
import io.edgeflow.inference.bundle.Selector;
import io.edgeflow.inference.golden.GoldenReading;
import io.edgeflow.lab.child.ChildProcess;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.models.history.History;
import io.edgeflow.models.recipe.BundleWriter;
import io.edgeflow.models.recipe.UnfitException;
import io.edgeflow.models.recipe.UnivariateRecipe;
import io.edgeflow.models.recipe.Wish;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The gateway of {@link ReactBench}: a process of its own, with model (a) and an action a series.
 */
final class ReactHouse implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(20);
  private static final int TRAINED_SERIES = 2;
  private static final int TRAINED_READINGS = 4_000;

  private final ChildProcess gateway;
  private final int port;
  private final URI status;
  private final Path passages;

  private ReactHouse(ChildProcess gateway, int port, URI status, Path passages) {
    this.gateway = gateway;
    this.port = port;
    this.status = status;
    this.passages = passages;
  }

  /**
   * Returns when the model serves.
   *
   * @param more further settings, {@code key=value}
   */
  static ReactHouse start(Path home, List<String> more) throws IOException, InterruptedException {
    int port = Ports.free();
    int http = Ports.free();
    Path config = home.resolve("gateway.yaml");
    Files.writeString(config, yaml(home, bundle(home), port, http));
    Path passages = home.resolve("passages");
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of("--passages", passages.toString()));
    more.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    var command =
        new ChildProcess.Command(
            MeasuredGateway.class.getName(),
            LauncherOptions.GATEWAY,
            arguments,
            home,
            home.resolve("gateway.log"));
    var status = URI.create("http://127.0.0.1:" + http + "/api/v1/status");
    var house = new ReactHouse(ChildProcess.start(command), port, status, passages);
    try {
      house.awaitModel();
      return house;
    } catch (IOException | InterruptedException | RuntimeException failure) {
      house.close();
      throw failure;
    }
  }

  private static Path bundle(Path home) throws IOException {
    var random = new SplittableRandom(5);
    List<GoldenReading> readings = new ArrayList<>();
    for (long sample = 0; sample < TRAINED_READINGS; sample++) {
      long micros = sample * ReactRhythm.SPACING_MILLIS * 1_000L;
      for (int series = 0; series < TRAINED_SERIES; series++) {
        readings.add(
            new GoldenReading(
                new SeriesName(ReactRhythm.series(series)),
                micros,
                ReactRhythm.normal(random),
                Quality.GOOD));
      }
    }
    History history = History.of(readings);
    var wish =
        new Wish("any-series", "1.0.0", List.of(new Selector("rig-*/value")), Optional.empty());
    Path folder = home.resolve("model-a");
    try {
      BundleWriter.write(folder, UnivariateRecipe.STANDARD.fit(wish, history), history);
      return folder;
    } catch (UnfitException ours) {
      throw new IllegalStateException(ours);
    }
  }

  private static String yaml(Path home, Path bundle, int port, int http) throws IOException {
    var yaml = new StringBuilder();
    yaml.append(
        """
        edge: bench
        dataDir: "%s"
        mqtt: { port: %d }
        http: { port: %d }
        # Nobody answers there: frames stay in the journal, as on a site without a link.
        uplink: { url: "tcp://127.0.0.1:%d" }
        buffer: { freeSpaceFloor: 1MiB }
        scoring:
          - { slot: %s, bundle: "%s" }
        actions:
        """
            .formatted(home.resolve("data"), port, http, Ports.free(), ReactRhythm.slot(), bundle));
    for (int series = 0; series < ReactRhythm.SERIES; series++) {
      yaml.append(
          """
            - name: %1$s
              when: { series: "%2$s", above: %4$s }
              mqtt: { topic: %3$s%1$s, on: "on", off: "off" }
              maxPerMinute: 6000
          """
              .formatted(
                  ReactRhythm.device(series),
                  ReactRhythm.score(series),
                  ReactLoad.ACTIONS,
                  ReactRhythm.THRESHOLD));
    }
    return yaml.toString();
  }

  private void awaitModel() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (!serves(client)) {
        if (!gateway.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("the gateway does not score:\n" + gateway.lastWords());
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private boolean serves(HttpClient client) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(status).build();
      JsonNode answer =
          new ObjectMapper()
              .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
      return answer.path("models").path(0).path("state").asText().equals("serving");
    } catch (IOException notYet) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Ends the gateway; what it wrote down. */
  List<ReactPassage> stop() throws IOException {
    gateway.stop(STOP);
    return Files.readAllLines(passages).stream()
        .flatMap(line -> ReactPassage.of(line).stream())
        .toList();
  }

  @Override
  public void close() {
    gateway.kill();
  }
}
