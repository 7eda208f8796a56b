package io.edgeflow.process.http;

/** Finds what is to be downloaded. Runs on a worker thread and may block. */
@FunctionalInterface
public interface DownloadHandler {
  /**
   * @throws HttpRefusal to answer with its status instead
   */
  Download open(Request request) throws Exception;
}
