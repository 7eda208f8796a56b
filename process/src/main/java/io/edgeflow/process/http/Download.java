package io.edgeflow.process.http;

import java.util.Map;

/**
 * Something long that is never held as a whole: the server asks for it piece by piece as the client
 * takes it, only for the range that was asked for, and not at all if the client has it.
 *
 * @param etag names these very bytes, without quotes: other bytes have another one
 * @param length in bytes
 * @param headers beside type, length, range and tag
 */
public record Download(
    String contentType, String etag, long length, Map<String, String> headers, Pieces pieces) {
  public Download {
    headers = Map.copyOf(headers);
  }

  /** Where the bytes are. */
  @FunctionalInterface
  public interface Pieces {
    /**
     * Some bytes from there on, one at least; more than were asked for do no harm. Runs on a worker
     * thread and may block. A failure ends the connection: the client goes on from where it is.
     *
     * @param offset less than the length
     */
    byte[] from(long offset) throws Exception;
  }
}
