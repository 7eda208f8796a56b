package io.edgeflow.gateway.modbus;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A server that answers whatever a test wants, by bare sockets. */
final class HostileSlave implements AutoCloseable {
  /** A request to read registers, header included. */
  private static final int REQUEST_BYTES = 12;

  /** Answers nothing, ever. */
  static final UnaryOperator<byte[]> SILENT = request -> new byte[0];

  /** Hangs up instead of answering. */
  static final UnaryOperator<byte[]> HANGING_UP =
      request -> {
        throw new IllegalStateException("hang up");
      };

  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket listener;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final UnaryOperator<byte[]> answer;

  /**
   * @param answer from a whole request (header included) to a whole answer
   */
  HostileSlave(UnaryOperator<byte[]> answer) throws IOException {
    this.answer = answer;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** A well-formed answer to function 3 or 4 with these bytes as its registers. */
  static byte[] registers(byte[] request, byte[] registers) {
    return answer(request, request[7], concat((byte) registers.length, registers));
  }

  static byte[] answer(byte[] request, byte function, byte[] rest) {
    byte[] frame = new byte[8 + rest.length];
    System.arraycopy(request, 0, frame, 0, 7);
    frame[4] = (byte) ((rest.length + 2) >> 8);
    frame[5] = (byte) (rest.length + 2);
    frame[7] = function;
    System.arraycopy(rest, 0, frame, 8, rest.length);
    return frame;
  }

  private static byte[] concat(byte first, byte[] rest) {
    byte[] all = new byte[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      var in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      byte[] request = in.readNBytes(REQUEST_BYTES);
      while (request.length == REQUEST_BYTES) {
        out.write(answer.apply(request));
        out.flush();
        request = in.readNBytes(REQUEST_BYTES);
      }
    } catch (IOException | RuntimeException hangUp) {
      // Closing is the answer.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
