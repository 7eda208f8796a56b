package io.edgeflow.process.http;

/** Answers one kind of request. Runs on a worker thread and may block. */
@FunctionalInterface
public interface Handler {
  /**
   * @throws HttpRefusal to answer with its status
   * @throws Exception anything else is answered 500 and logged
   */
  Answer answer(Request request) throws Exception;
}
