package io.edgeflow.process.http;

import java.util.Map;

/**
 * A long answer of unknown length that is made while it is sent. The next piece is made when the
 * one before has reached the socket; who does not take a piece in time is disconnected.
 *
 * @param headers beside the content's type
 */
public record Flow(String contentType, Map<String, String> headers, Source source)
    implements Reply {
  public Flow {
    headers = Map.copyOf(headers);
  }

  /** Makes the pieces. Calls follow each other, each on some worker thread; they may block. */
  @FunctionalInterface
  public interface Source {
    /**
     * The next bytes; none of them: that was all. A failure ends the connection before the answer
     * is whole, which is how the client learns of it.
     */
    byte[] next() throws Exception;
  }
}
