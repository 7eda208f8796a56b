package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.config.ModbusConnectionConfig.HostPort;
import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.Endpoint.Parity;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which line is asked, as a mixin. */
final class LineOptions {
  @Option(
      names = "--host",
      paramLabel = "HOST[:PORT]",
      description = "A device or gateway that speaks Modbus TCP, port 502 if you name none.")
  private @Nullable String host;

  @Option(
      names = "--rtu",
      description = "Over --host go the frames of a serial line, as some converters want.")
  private boolean rtu;

  @Option(
      names = "--serial",
      paramLabel = "DEVICE",
      description = "A serial port instead, such as /dev/ttyUSB0.")
  private @Nullable String serial;

  @Option(
      names = "--baud",
      paramLabel = "BAUD",
      defaultValue = "9600",
      description = "Of --serial (default: ${DEFAULT-VALUE}).")
  private int baud;

  @Option(
      names = "--parity",
      paramLabel = "PARITY",
      defaultValue = "none",
      description = "Of --serial: none, even or odd (default: ${DEFAULT-VALUE}).")
  private Parity parity = Parity.NONE;

  @Option(
      names = "--stop-bits",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of --serial: 1 or 2 (default: ${DEFAULT-VALUE}).")
  private int stopBits;

  @Option(
      names = "--pause",
      paramLabel = "DURATION",
      defaultValue = "0s",
      description = "The least time from an answer to the next request (default: none).")
  private Duration pause = Duration.ZERO;

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  Endpoint endpoint() {
    if ((host == null) == (serial == null)) {
      throw new IllegalArgumentException("name either --host or --serial");
    }
    if (host == null) {
      return new Endpoint.Serial(String.valueOf(serial), baud, parity, stopBits);
    }
    HostPort to = HostPort.parse(host);
    return rtu
        ? new Endpoint.RtuOverTcp(to.host(), to.port())
        : new Endpoint.Tcp(to.host(), to.port());
  }

  /**
   * A line that connects when it is used.
   *
   * @param timeout of one connect and of one answer
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  ModbusLine line(Duration timeout) {
    return new StreamLine(new LineSettings(endpoint(), timeout, Duration.ZERO, pause));
  }
}
