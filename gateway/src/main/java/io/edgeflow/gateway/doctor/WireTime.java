package io.edgeflow.gateway.doctor;

import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.line.Endpoint;
import java.time.Duration;

/**
 * How long a request and its answer take. Over a serial line their bytes do, and silences; over TCP
 * the way there and back. Pure.
 *
 * @param baud of the serial line, which for RTU over TCP lies behind a converter; 0 for Modbus TCP
 * @param bitsPerCharacter with start, parity and stop bits
 * @param turnaround how long a device thinks; over TCP, the way there and back included
 */
record WireTime(boolean rtu, int baud, int bitsPerCharacter, Duration turnaround) {
  /** What the standard sends: a start bit, eight, and two of parity and stop. */
  private static final int USUAL_BITS = 11;

  private static final int START_AND_DATA = 9;
  private static final double SILENCE_CHARACTERS = 3.5;

  /** Above 19200 baud the silence gets no shorter. */
  private static final double LEAST_SILENCE_SECONDS = 0.00175;

  private static final int FASTEST_SILENCE = 19_200;
  private static final int TCP_HEADER = 7;

  /** Unit id and checksum. */
  private static final int RTU_FRAME = 3;

  /** A function, an address and a count. */
  private static final int REQUEST = 5;

  /** A function and a length. */
  private static final int ANSWER = 2;

  /**
   * @param converterBaud the speed behind a converter
   */
  static WireTime of(Endpoint endpoint, int converterBaud, Duration turnaround) {
    return switch (endpoint) {
      case Endpoint.Tcp _ -> new WireTime(false, 0, 0, turnaround);
      case Endpoint.RtuOverTcp _ -> new WireTime(true, converterBaud, USUAL_BITS, turnaround);
      case Endpoint.Serial(String _, int baud, Endpoint.Parity parity, int stopBits) ->
          new WireTime(
              true,
              baud,
              START_AND_DATA + (parity == Endpoint.Parity.NONE ? 0 : 1) + stopBits,
              turnaround);
    };
  }

  WireTime withBaud(int other) {
    return new WireTime(rtu, other, bitsPerCharacter, turnaround);
  }

  WireTime withTurnaround(Duration other) {
    return new WireTime(rtu, baud, bitsPerCharacter, other);
  }

  int requestBytes() {
    return (rtu ? RTU_FRAME : TCP_HEADER) + REQUEST;
  }

  int answerBytes(RegisterBlock block) {
    int data = block.table().bits() ? (block.count() + 7) / 8 : 2 * block.count();
    return (rtu ? RTU_FRAME : TCP_HEADER) + ANSWER + data;
  }

  /** Of one request, its answer and the silences behind both, in nanoseconds. */
  long nanos(RegisterBlock block) {
    if (!rtu) {
      return turnaround.toNanos();
    }
    double characters = requestBytes() + answerBytes(block);
    double seconds = characters * bitsPerCharacter / baud + 2 * silenceSeconds();
    return turnaround.toNanos() + Math.round(seconds * 1e9);
  }

  private double silenceSeconds() {
    return baud > FASTEST_SILENCE
        ? LEAST_SILENCE_SECONDS
        : SILENCE_CHARACTERS * bitsPerCharacter / baud;
  }
}
