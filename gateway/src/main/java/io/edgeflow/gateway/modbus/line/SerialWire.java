package io.edgeflow.gateway.modbus.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;

/** A serial port. */
final class SerialWire implements Wire {
  private static final int DATA_BITS = 8;

  private final SerialPort port;

  private SerialWire(SerialPort port) {
    this.port = port;
  }

  static Wire open(Endpoint.Serial line) throws IOException {
    SerialPort port = port(line.device());
    port.setComPortParameters(
        line.baud(),
        DATA_BITS,
        line.stopBits() == 2 ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT,
        switch (line.parity()) {
          case NONE -> SerialPort.NO_PARITY;
          case EVEN -> SerialPort.EVEN_PARITY;
          case ODD -> SerialPort.ODD_PARITY;
        });
    if (!port.openPort(0)) {
      throw new IOException(
          line.device()
              + " cannot be opened (error "
              + port.getLastErrorCode()
              + "): is it there, is it this user's to read and write, and does nobody else have"
              + " it?");
    }
    return new SerialWire(port);
  }

  private static SerialPort port(String device) throws IOException {
    try {
      return SerialPort.getCommPort(device);
    } catch (SerialPortInvalidPortException none) {
      throw new IOException("there is no serial port " + device, none);
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (port.writeBytes(bytes, bytes.length) != bytes.length) {
      throw new EOFException("the serial port is gone");
    }
  }

  @Override
  public void read(byte[] into, int from, int count, long deadlineNanos) throws IOException {
    for (int done = 0; done < count; ) {
      long left = Wire.millisUntil(deadlineNanos);
      if (left <= 0 && port.bytesAvailable() <= 0) {
        throw new SocketTimeoutException();
      }
      port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, (int) Math.max(1, left), 0);
      int came = port.readBytes(into, count - done, from + done);
      if (came < 0) {
        throw new EOFException("the serial port is gone");
      }
      done += came;
    }
  }

  @Override
  public void drain() {
    port.flushIOBuffers();
  }

  @Override
  public void close() {
    port.closePort();
  }
}
