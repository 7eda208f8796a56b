package io.edgeflow.cloud.store;

import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameCodec;
import io.edgeflow.wire.frame.FrameHeader;
import io.edgeflow.wire.frame.FrameId;

/** A frame that came in and waits for its verdict. */
public sealed interface Arrival {
  String edge();

  FrameId id();

  long readings();

  long runningTotal();

  /** See {@link io.edgeflow.wire.frame.Decoded.Accepted}. */
  int identity();

  /** As received, for quarantine; never changed by anybody. */
  byte[] bytes();

  /** To be stored. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  record Good(Frame frame, int identity, byte[] bytes) implements Arrival {
    @Override
    public String edge() {
      return frame.edge();
    }

    @Override
    public FrameId id() {
      return frame.id();
    }

    @Override
    public long readings() {
      return frame.readings();
    }

    @Override
    public long runningTotal() {
      return frame.runningTotal();
    }

    /** The same as something that is not to be stored. */
    Poison refused(String reason, String detail) {
      FrameHeader header = FrameCodec.header(bytes).orElseThrow();
      return new Poison(header, reason, detail, bytes);
    }
  }

  /** Intact, by its checksum, and yet against the rules: no resend would mend it. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
  record Poison(FrameHeader header, String reason, String detail, byte[] bytes) implements Arrival {
    @Override
    public String edge() {
      return header.edge();
    }

    @Override
    public FrameId id() {
      return header.id();
    }

    @Override
    public long readings() {
      return header.readings();
    }

    @Override
    public long runningTotal() {
      return header.runningTotal();
    }

    @Override
    public int identity() {
      return header.identity();
    }
  }
}
