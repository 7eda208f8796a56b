package io.edgeflow.process.http;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the requests of one server share. */
final class Service {
  /** Open to all, so that whoever restarts a process needs no password to see that it lives. */
  private static final String OPEN_PATH = "/health";

  private final WebSettings settings;
  private final Routes routes;
  private final Optional<BasicLogin> login;

  /**
   * Beside the others, so that many who download take no thread from pages. Each waits here once.
   */
  private static final int READERS = 2;

  private static final int MOST_DOWNLOADS = 512;

  private final Workers workers;
  private final Workers readers = new Workers(READERS, MOST_DOWNLOADS);
  private final Flows flows;
  private final Bodies bodies;
  private final HostGuard guard;
  private final AtomicInteger streams = new AtomicInteger();

  Service(WebSettings settings, Routes routes, Optional<Credentials> credentials) {
    this.settings = settings;
    this.routes = routes;
    this.login = credentials.map(BasicLogin::new);
    this.workers = new Workers(settings.workers(), settings.maxWaiting());
    this.flows = new Flows(settings.patience());
    this.bodies = new Bodies(settings.patience());
    this.guard = new HostGuard(settings.host());
  }

  WebSettings settings() {
    return settings;
  }

  Routes routes() {
    return routes;
  }

  Workers workers() {
    return workers;
  }

  /** Read what is downloaded. */
  Workers readers() {
    return readers;
  }

  /** Long answers. */
  Flows flows() {
    return flows;
  }

  /** Answers on their way. */
  Bodies bodies() {
    return bodies;
  }

  /** Lets what runs end for a moment, then interrupts it. */
  void close() {
    flows.close();
    readers.close();
    workers.close();
  }

  HostGuard guard() {
    return guard;
  }

  boolean isOpen(String path) {
    return login.isEmpty() || path.equals(OPEN_PATH);
  }

  /** Whether the Authorization header lets its sender pass. Slow: worker threads only. */
  boolean admits(String path, String authorization) {
    return isOpen(path) || login.orElseThrow().admits(authorization, System.nanoTime());
  }

  boolean enterStream() {
    if (streams.incrementAndGet() <= settings.maxStreams()) {
      return true;
    }
    streams.decrementAndGet();
    return false;
  }

  void leaveStream() {
    streams.decrementAndGet();
  }
}
