package io.edgeflow.gateway.modbus.line;

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
    public Serial {
      if (device.isBlank() || baud < 1 || stopBits < 1 || stopBits > 2) {
        throw new IllegalArgumentException("no serial line " + device + " of " + baud + " baud");
      }
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
