package io.edgeflow.process.http;

/** Feeds one client that listens to server-sent events. */
@FunctionalInterface
public interface StreamHandler {
  /**
   * Begins to feed a client; runs on a worker thread.
   *
   * @return closed when the client is gone; that must not block
   * @throws HttpRefusal to answer with its status instead of a stream
   */
  AutoCloseable open(Request request, EventSink sink) throws Exception;
}
