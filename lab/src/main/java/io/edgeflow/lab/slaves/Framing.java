package io.edgeflow.lab.slaves;

import java.io.DataInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How requests and answers become bytes. */
public enum Framing {
  /** Modbus TCP: a header with a transaction id. */
  TCP {
    @Override
    @Nullable Request read(DataInputStream in) throws IOException {
      return TcpFrames.read(in);
    }

    @Override
    byte[] frame(Request request, byte[] answer, Reply reply) {
      return TcpFrames.frame(request, answer, reply);
    }
  },
  /** The frames of a serial line, with their checksum, over TCP. */
  RTU {
    @Override
    @Nullable Request read(DataInputStream in) throws IOException {
      return RtuFrames.read(in);
    }

    @Override
    byte[] frame(Request request, byte[] answer, Reply reply) {
      return RtuFrames.frame(request, answer, reply);
    }
  };

  /**
   * Waits for the next request.
   *
   * @return null if there is none any more, or nothing that could be understood
   */
  abstract @Nullable Request read(DataInputStream in) throws IOException;

  /** The bytes of an answer; faulty ones if the reply is. */
  abstract byte[] frame(Request request, byte[] answer, Reply reply);
}
