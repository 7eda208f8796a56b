package io.edgeflow.gateway.modbus.line;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** A TCP connection. What came is taken in one call and kept: an answer is asked for in parts. */
final class SocketWire implements Wire {
  /** The longest message has 260 bytes. */
  private static final int BUFFER = 512;

  private final Socket socket;
  private final InputStream in;
  private final byte[] came = new byte[BUFFER];
  private int next;
  private int end;

  private SocketWire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  static Wire connect(String host, int port, Duration timeout) throws IOException {
    var address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host " + host);
    }
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(address, Math.toIntExact(timeout.toMillis()));
      return new SocketWire(socket);
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public void read(byte[] into, int from, int count, long deadlineNanos) throws IOException {
    for (int done = 0; done < count; ) {
      if (next == end) {
        fill(deadlineNanos);
      }
      int part = Math.min(count - done, end - next);
      System.arraycopy(came, next, into, from + done, part);
      next += part;
      done += part;
    }
  }

  private void fill(long deadlineNanos) throws IOException {
    long left = Wire.millisUntil(deadlineNanos);
    if (left <= 0 && in.available() == 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout((int) Math.max(1, left));
    int read = in.read(came);
    if (read < 0) {
      throw new EOFException("the device closed the connection");
    }
    next = 0;
    end = read;
  }

  @Override
  public void drain() throws IOException {
    next = end;
    // Once: whoever never stops must not hold us here.
    in.skipNBytes(in.available());
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is gone either way.
    }
  }
}
