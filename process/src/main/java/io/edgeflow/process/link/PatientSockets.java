package io.edgeflow.process.link;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;

/**
 * Sockets that send at once, and that report their end no sooner than a second after they were
 * made.
 *
 * <p>A frame is larger than Paho's output buffer and leaves in two writes. With Nagle's algorithm
 * the rest of the second one waits for the acknowledgement of the first, which the other side
 * delays: 40 ms and more for each frame.
 *
 * <p>While it connects, Paho 1.2.5 starts its receiver, sender and callback one after another, and
 * waits for each until it runs. One that has ended by then, because the other side closed at once,
 * is waited for for ever: a thread is lost with every such attempt.
 */
final class PatientSockets extends SocketFactory {
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  @Override
  public Socket createSocket() throws SocketException {
    Socket socket = new PatientSocket();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class PatientSocket extends Socket {
    private final long madeNanos = System.nanoTime();

    @Override
    public InputStream getInputStream() throws IOException {
      return new FilterInputStream(super.getInputStream()) {
        @Override
        public int read() throws IOException {
          return patient(() -> in.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return patient(() -> in.read(bytes, offset, length));
        }
      };
    }

    private int patient(Read read) throws IOException {
      int result = -1;
      try {
        result = read.read();
        return result;
      } finally {
        if (result < 0) {
          waitForPaho();
        }
      }
    }

    private void waitForPaho() {
      try {
        TimeUnit.NANOSECONDS.sleep(madeNanos + PATIENCE_NANOS - System.nanoTime());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @FunctionalInterface
  private interface Read {
    int read() throws IOException;
  }
}
