package io.edgeflow.gateway.config;

import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Range;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line to units; exactly one of the first three says where it begins. Units on it are asked one
 * after the other.
 *
 * @param tcp Modbus TCP, {@code host:port} or {@code host} (port 502)
 * @param rtuOverTcp the frames of a serial line through a converter, {@code host:port}
 * @param serial a serial port, {@code /dev/ttyUSB0}
 * @param timeout of one connect and of one answer; a dead unit holds up its neighbours that long
 * @param retries how often a request is repeated before its unit counts as silent
 * @param connectPause how long a fresh connection is left alone
 * @param requestPause the least time from an answer to the next request
 */
public record ModbusConnectionConfig(
    Optional<HostPort> tcp,
    Optional<HostPort> rtuOverTcp,
    Optional<String> serial,
    @Default("9600") @Range(min = "50", max = "4000000") int baud,
    @Default("none") Parity parity,
    @Default("1") @Range(min = "1", max = "2") int stopBits,
    @Default("500ms") @Range(min = "10ms", max = "1m") Duration timeout,
    @Default("1") @Range(min = "0", max = "10") int retries,
    @Default("0s") @Range(min = "0s", max = "10s") Duration connectPause,
    @Default("0s") @Range(min = "0s", max = "10s") Duration requestPause) {
  /** What a device that names its host itself has. */
  static final int USUAL_PORT = 502;

  /** The check bit of each character on a serial line. */
  public enum Parity {
    NONE,
    EVEN,
    ODD
  }

  /**
   * An address on the network.
   *
   * @param port 1..65535
   */
  public record HostPort(String host, int port) {
    private static final int HIGHEST = 65_535;
    private static final String RULE =
        "must be host:port, such as 192.168.10.21:502 or [fd00::7]:502";

    /** The last group of an IPv6 address is no port: such an address is in brackets. */
    private static final Pattern FORM =
        Pattern.compile("(\\[[^\\[\\]]+]|[^:\\[\\]]+)(?::([0-9]{1,5}))?");

    public HostPort {
      if (host.isBlank() || port < 1 || port > HIGHEST) {
        throw new IllegalArgumentException(RULE);
      }
    }

    public static HostPort parse(String text) {
      Matcher form = FORM.matcher(text.strip());
      if (!form.matches()) {
        throw new IllegalArgumentException(RULE);
      }
      String port = form.group(2);
      return new HostPort(form.group(1), port == null ? USUAL_PORT : Integer.parseInt(port));
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  public ModbusConnectionConfig {
    long ends = Stream.of(tcp, rtuOverTcp, serial).filter(Optional::isPresent).count();
    new Check()
        .that(ends == 1, "", "needs exactly one of tcp, rtuOverTcp and serial")
        .that(serial.isEmpty() || !serial.get().isBlank(), "serial", "must not be blank")
        .orRefuse();
  }

  /** Where it begins: nobody else can be there at the same time. */
  String end() {
    return serial.orElseGet(() -> tcp.or(() -> rtuOverTcp).orElseThrow().toString());
  }

  /** Modbus TCP, and the rest as usual. */
  static ModbusConnectionConfig tcp(HostPort end, Duration timeout) {
    return new ModbusConnectionConfig(
        Optional.of(end),
        Optional.empty(),
        Optional.empty(),
        9600,
        Parity.NONE,
        1,
        timeout,
        1,
        Duration.ZERO,
        Duration.ZERO);
  }
}
