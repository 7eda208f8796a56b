package io.edgeflow.gateway.commissioning;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Modbus units that are polled, as a document for whoever commissions them.
 *
 * @param units in the order of the configuration
 */
public record ModbusUnits(List<Unit> units) {
  /** Nothing is polled. */
  public static final ModbusUnits NONE = new ModbusUnits(List.of());

  /**
   * @param line the connection, by name or address
   * @param state {@code ok}; {@code silent} while it does not answer; {@code new} before it was
   *     asked
   * @param silences polls in a row that it did not answer
   * @param missed polls that came too late to be made, while it answered
   * @param exceptions by the protocol's code
   * @param absent series whose registers the unit refuses
   * @param lastFault what went wrong last, for people; empty if nothing did
   * @param lastFaultAge milliseconds since then
   */
  public record Unit(
      String device,
      String line,
      int unit,
      String state,
      long intervalMillis,
      int silences,
      long missed,
      Map<Integer, Long> exceptions,
      List<String> absent,
      String lastFault,
      @Nullable Long lastFaultAge,
      List<Block> blocks) {}

  /**
   * What one request reads, and how that went last.
   *
   * @param age milliseconds since the last exchange
   * @param tookMicros from asking to the answer or the time-out
   * @param result {@code ok}, or what came instead
   * @param registers what came, four hexadecimal digits each, or 0 and 1 of bits; empty if nothing
   */
  public record Block(
      String table,
      int start,
      int count,
      long age,
      long tookMicros,
      String result,
      List<String> registers) {}
}
