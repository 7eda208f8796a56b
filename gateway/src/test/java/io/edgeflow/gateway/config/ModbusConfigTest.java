package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traps in the Modbus part of a configuration. */
final class ModbusConfigTest {
  private static final String POINTS = "points: {p: {address: 1}}";

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "plc, plc, 502",
    "plc:1502, plc, 1502",
    "[fd00::7], [fd00::7], 502",
    "[fd00::7]:1502, [fd00::7], 1502"
  })
  void readsHostAndPort(String text, String host, int port) {
    assertEquals(
        new ModbusConnectionConfig.HostPort(host, port),
        ModbusConnectionConfig.HostPort.parse(text));
  }

  /** The last group of an address is no port. */
  @ParameterizedTest
  @CsvSource({
    "fd00::7",
    "::1",
    "fd00::7:502",
    "a:b",
    "a: 502",
    "plc:",
    "':502'",
    "[::1]502",
    "plc:0"
  })
  void refusesWhatIsNoHostAndPort(String text) {
    assertThrows(IllegalArgumentException.class, () -> ModbusConnectionConfig.HostPort.parse(text));
  }

  @ParameterizedTest
  @CsvSource({"serial: /dev/ttyUSB0", "tcp: plc", "rtuOverTcp: plc:502"})
  void refusesTwoConnectionsToOneLine(String end) {
    refuses(
        "connections: {a: {%s}, b: {timeout: 1s, %s}}".formatted(end, end),
        "connections.b: begins where a begins");
  }

  @Test
  void refusesATimeoutThatWouldGoUnheardOnASharedSession() throws Exception {
    String devices = "devices: {a: {host: plc, %s}, b: {host: plc, port: 502, timeout: 2s, %s}}";
    refuses(devices.formatted(POINTS, POINTS), "devices.b.timeout = 2s: must be that of plc:502");
    refuses(
        "connections: {hall: {tcp: plc}}, devices: {b: {host: plc, timeout: 2s, %s}}"
            .formatted(POINTS),
        "devices.b.timeout = 2s: must be that of hall");

    ModbusConfig equal = load(devices.formatted("timeout: 2s, " + POINTS, POINTS));
    assertEquals(1, equal.lines().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          host: plc:503, points: {p: {address: 1}} | d.host = plc:503: must not hold the port
          host: h, points: {p: {address: 300011, table: holding}} | d.points.p.table = holding: is not that
          host: h, points: {p: {address: 1, range: 0...100}} | d.points.p.range = 0...100: must be a range
          """)
  void refusesWhatContradictsItself(String device, String fault) {
    refuses("devices: {d: {" + device + "}}", "devices." + fault);
  }

  private ModbusConfig load(String modbus) throws Exception {
    Path file =
        Files.writeString(home.resolve("gateway.yaml"), "{edge: a, modbus: {" + modbus + "}}");
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value()
        .modbus();
  }

  private void refuses(String modbus, String fault) {
    var refusal = assertThrows(SettingsException.class, () -> load(modbus));
    assertEquals(1, refusal.faults().size(), refusal::toString);
    String said = refusal.faults().getFirst().toString();
    assertTrue(said.startsWith("modbus." + fault), said);
  }
}
