package io.edgeflow.gateway.modbus.line;

import java.time.Duration;

/** Where a line begins, and how messages are framed on it. */
public sealed interface Endpoint {
  /** How it is told to people. */
  String words();

  /** Modbus TCP. */
  record Tcp(String host, int port) implements Endpoint {
    public Tcp {
      check(host, port);
    }

    @Override
    public String words() {
      return host + ":" + port;
    }
  }

  /** The frames of a serial line, through a converter that passes bytes on. */
  record RtuOverTcp(String host, int port) implements Endpoint {
    public RtuOverTcp {
      check(host, port);
    }

    @Override
    public String words() {
      return "rtu " + host + ":" + port;
    }
  }

  /**
   * A serial line.
   *
   * @param device as the system names it, {@code /dev/ttyUSB0}
   * @param baud bits a second
   * @param stopBits 1 or 2
   */
  record Serial(String device, int baud, Parity parity, int stopBits) implements Endpoint {
    private static final long SECOND = 1_000_000_000;
    private static final long SHORTEST_SILENCE = 1_750_000;

    /** Three and a half characters of eleven bits, rounded up. */
    private static final long SILENCE_BITS = 39;

    public Serial {
      if (device.isBlank() || baud < 1 || stopBits < 1 || stopBits > 2) {
        throw new IllegalArgumentException("no serial line " + device + " of " + baud + " baud");
      }
    }

    /**
     * What ends a frame: a silence of 3.5 characters of 11 bits, or of 1.75 ms from 19200 baud on
     * ("MODBUS over Serial Line" 1.02, 2.5.1.1).
     */
    Duration silence() {
      return Duration.ofNanos(Math.max(SHORTEST_SILENCE, SILENCE_BITS * SECOND / baud));
    }

    @Override
    public String words() {
      return device;
    }
  }

  /** The check bit of each character. */
  enum Parity {
    NONE,
    EVEN,
    ODD
  }

  private static void check(String host, int port) {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no endpoint " + host + ":" + port);
    }
  }
}
