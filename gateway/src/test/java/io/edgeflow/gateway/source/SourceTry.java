package io.edgeflow.gateway.source;

import io.edgeflow.gateway.broker.Await;
import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.source.SourceStatus.State;
import io.edgeflow.gateway.source.client.SocketSourceLink;
import io.edgeflow.process.link.Backoff;
import io.edgeflow.process.mqtt.TopicFilter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One source as a test needs it. */
record SourceTry(
    String url,
    Optional<Path> ca,
    SourceVersion version,
    boolean free,
    int window,
    int qos,
    boolean retained,
    List<String> topics,
    @Nullable String user,
    @Nullable String password) {
  /** No test waits for a person's patience. */
  private static final Backoff SOON = new Backoff(5_000_000, 50_000_000);

  static SourceTry of(String url, SourceVersion version) {
    return new SourceTry(
        url, Optional.empty(), version, false, 100, 1, false, List.of("sensors/#"), null, null);
  }

  SourceTry withWindow(int messages) {
    return new SourceTry(url, ca, version, free, messages, qos, retained, topics, user, password);
  }

  SourceTry trusting(Path file) {
    return new SourceTry(
        url, Optional.of(file), version, free, window, qos, retained, topics, user, password);
  }

  SourceTry withQos(int level) {
    return new SourceTry(url, ca, version, free, window, level, retained, topics, user, password);
  }

  SourceTry takingRetained() {
    return new SourceTry(url, ca, version, free, window, qos, true, topics, user, password);
  }

  SourceTry withTopics(String... filters) {
    return new SourceTry(
        url, ca, version, free, window, qos, retained, Arrays.asList(filters), user, password);
  }

  SourceTry as(String name, String secret) {
    return new SourceTry(url, ca, version, free, window, qos, retained, topics, name, secret);
  }

  /** Of any version. */
  SourceTry speakingAny() {
    return new SourceTry(url, ca, version, true, window, qos, retained, topics, user, password);
  }

  SourceSettings settings() {
    return new SourceSettings(
        "hall-2",
        URI.create(url),
        ca,
        "edgeflow-pi-7-hall-2",
        Optional.ofNullable(user),
        password,
        topics.stream().map(TopicFilter::new).toList(),
        qos,
        free ? Optional.empty() : Optional.of(version),
        window,
        Duration.ofHours(1),
        retained,
        Duration.ofSeconds(30),
        Duration.ofSeconds(5));
  }

  Sources open(Intake intake) {
    return Sources.open(
        List.of(settings()),
        intake,
        new SocketSourceLink(),
        SOON,
        new SplittableRandom(1),
        System::nanoTime);
  }

  /** The same, when it is connected. */
  Sources openConnected(Intake intake) {
    Sources sources = open(intake);
    awaitConnected(sources);
    return sources;
  }

  static void awaitConnected(Sources sources) {
    Await.until("connected", () -> status(sources).state() == State.CONNECTED);
  }

  static SourceStatus status(Sources sources) {
    return sources.statuses().getFirst();
  }
}
