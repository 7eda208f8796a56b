package io.edgeflow.gateway.source.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TCP, or TLS over it, where the other side must prove that it is the host that was asked for. */
final class SocketTransport implements Transport {
  private static final Logger LOG = LoggerFactory.getLogger(SocketTransport.class);
  private static final int READ_BYTES = 64 << 10;

  private final String host;
  private final int port;
  private final boolean isTls;
  private final Socket plain = new Socket();
  private volatile Socket socket = plain;

  SocketTransport(String host, int port, boolean isTls) {
    this.host = host;
    this.port = port;
    this.isTls = isTls;
  }

  @Override
  public void connect(Duration timeout) throws IOException {
    int millis = Math.toIntExact(timeout.toMillis());
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host " + host);
    }
    plain.setTcpNoDelay(true);
    plain.connect(address, millis);
    plain.setSoTimeout(millis);
    if (isTls) {
      socket = handshake();
    }
  }

  private SSLSocket handshake() throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, port, true);
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
