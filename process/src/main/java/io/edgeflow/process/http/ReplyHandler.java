package io.edgeflow.process.http;

/** Answers one kind of request, shortly or at length. Runs on a worker thread and may block. */
@FunctionalInterface
public interface ReplyHandler {
  /**
   * @throws HttpRefusal to answer with its status
   * @throws Exception anything else is answered 500 and logged
   */
  Reply reply(Request request) throws Exception;
}
