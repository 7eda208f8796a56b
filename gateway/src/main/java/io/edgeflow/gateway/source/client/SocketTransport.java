package io.edgeflow.gateway.source.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TCP, or TLS over it, where the other side must prove that it is the host that was asked for. */
final class SocketTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);
  private static final int READ_BYTES = 64 << 10;

  private final URI url;
  private final Optional<Path> ca;
  private final Socket plain = new Socket();
  private volatile Socket socket = plain;

  /**
   * @param ca as for {@link Trust#in}
   */
  SocketTransport(URI url, Optional<Path> ca) {
    this.url = url;
    this.ca = ca;
  }

  @Override
  public void connect(Duration timeout) throws IOException {
    int millis = Math.toIntExact(timeout.toMillis());
    var address = new InetSocketAddress(url.getHost(), url.getPort());
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host " + url.getHost());
    }
    plain.setTcpNoDelay(true);
    plain.connect(address, millis);
    plain.setSoTimeout(millis);
    if (url.getScheme().equals("ssl")) {
      socket = handshake();
    }
  }

  private SSLSocket handshake() throws IOException {
    SSLSocketFactory factory = Trust.in(ca).getSocketFactory();
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, url.getHost(), url.getPort(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  @Override
  public void readTimeout(Duration timeout) throws IOException {
    socket.setSoTimeout(Math.toIntExact(timeout.toMillis()));
  }

  @Override
  public InputStream in() throws IOException {
    return new BufferedInputStream(socket.getInputStream(), READ_BYTES);
  }

  @Override
  public OutputStream out() throws IOException {
    return socket.getOutputStream();
  }

  @Override
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      // The plain one: closing TLS may wait for a writer that nobody reads.
      plain.close();
    } catch (IOException already) {
      LOG.debug("the socket did not close", already);
    }
  }
}
