package io.edgeflow.process.http;

import java.time.Duration;

/**
 * Where a web server listens and what it allows.
 *
 * @param port 0 takes a free one, see {@link WebServer#port()}
 * @param maxBodyBytes of a request; a larger one is answered 413
 * @param workers threads that run handlers, which may block
 * @param maxWaiting requests that may wait for a worker; further ones are answered 503
 * @param maxStreams clients that listen to events at the same time; further ones are answered 503
 * @param streamBufferBytes what may wait for one such client; one that is slower is disconnected
 * @param heartbeat between two signs of life on a silent stream, so that dead clients are noticed
 * @param patience for a client to take an answer, or a piece of a long one; one that is slower is
 *     disconnected
 */
public record WebSettings(
    String host,
    int port,
    int maxBodyBytes,
    int workers,
    int maxWaiting,
    int maxStreams,
    int streamBufferBytes,
    Duration heartbeat,
    Duration patience) {
  public static WebSettings of(String host, int port) {
    return new WebSettings(
        host, port, 1 << 20, 4, 64, 64, 512 << 10, Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  public WebSettings withMaxBodyBytes(int bytes) {
    return new WebSettings(
        host, port, bytes, workers, maxWaiting, maxStreams, streamBufferBytes, heartbeat, patience);
  }

  public WebSettings withWorkers(int threads, int waiting) {
    return new WebSettings(
        host,
        port,
        maxBodyBytes,
        threads,
        waiting,
        maxStreams,
        streamBufferBytes,
        heartbeat,
        patience);
  }

  public WebSettings withStreams(int clients, int bufferBytes, Duration beat) {
    return new WebSettings(
        host, port, maxBodyBytes, workers, maxWaiting, clients, bufferBytes, beat, patience);
  }

  public WebSettings withPatience(Duration newPatience) {
    return new WebSettings(
        host,
        port,
        maxBodyBytes,
        workers,
        maxWaiting,
        maxStreams,
        streamBufferBytes,
        heartbeat,
        newPatience);
  }
}
