package io.edgeflow.gateway.source.client;

import io.edgeflow.gateway.source.SourceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A stream of bytes to a broker and back. One thread connects and reads, one writes, and any may
 * close.
 */
interface Transport {
  static Transport to(SourceSettings settings) {
    return settings.url().getScheme().startsWith("ws")
        ? new WebSocketTransport(settings.url(), settings.ca())
        : new SocketTransport(settings.url(), settings.ca());
  }

  /**
   * Blocks until it is connected; from then on there are streams.
   *
   * @param timeout of the connection, and of each read from then on
   * @throws IOException with the reason for a person
   */
  void connect(Duration timeout) throws IOException;

  /** How long a read waits until it throws {@link java.net.SocketTimeoutException}. */
  void readTimeout(Duration timeout) throws IOException;

  InputStream in() throws IOException;

  OutputStream out() throws IOException;

  /** Nothing more will be written: the other side may read what there is, and ends it then. */
  void endOutput() throws IOException;

  /** At once, whatever it does; twice is fine. */
  void close();
}
