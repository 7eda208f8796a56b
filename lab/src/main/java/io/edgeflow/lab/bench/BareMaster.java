package io.edgeflow.lab.bench;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterTable;
import io.edgeflow.gateway.modbus.line.Endpoint;
import io.edgeflow.gateway.modbus.line.LineSettings;
import io.edgeflow.gateway.modbus.line.StreamLine;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Main class of a client that does nothing but read; prints its median request in microseconds. */
@Command(name = "bare-master")
public final class BareMaster implements java.util.concurrent.Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 15;
  private static final int HEADER = 7;

  @Parameters(index = "0", description = "library, line or sockets")
  private String kind = "";

  @Parameters(index = "1")
  private int port;

  @Parameters(index = "2", description = "The last of the units 1 to …")
  private int units;

  @Parameters(index = "3", description = "Registers of each unit")
  private int registers;

  @Parameters(index = "4", description = "Rounds, one a second")
  private int rounds;

  /** Reads one block of a unit. */
  private interface Reader {
    void read(int unit, int start, int count) throws Exception;
  }

  @Override
  public Integer call() throws Exception {
    switch (kind) {
      case "library" -> library();
      case "line" -> line();
      default -> sockets();
    }
    return CommandLine.ExitCode.OK;
  }

  private void library() throws Exception {
    ModbusTcpClient client =
        ModbusTcpClient.create(
            NettyTcpClientTransport.create(c -> c.setHostname("127.0.0.1").setPort(port)));
    client.connect();
    measure(
        (unit, start, count) ->
            client.readHoldingRegisters(unit, new ReadHoldingRegistersRequest(start, count)));
    client.disconnect();
  }

  /** What the gateway asks over, with nobody who wants the answers. */
  private void line() throws Exception {
    var settings = new LineSettings(new Endpoint.Tcp("127.0.0.1", port), Duration.ofMillis(500));
    var line = new StreamLine(settings);
    measure(
        (unit, start, count) ->
            line.read(unit, new RegisterBlock(RegisterTable.HOLDING, start, count, List.of())));
    line.close();
  }

  private void sockets() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      var in = new DataInputStream(socket.getInputStream());
      measure((unit, start, count) -> exchange(socket, in, unit, start, count));
    }
  }

  private static void exchange(Socket socket, DataInputStream in, int unit, int start, int count)
      throws IOException {
    ByteBuffer request = ByteBuffer.allocate(12);
    request.putShort((short) unit).putShort((short) 0).putShort((short) 6);
    request.put((byte) unit).put((byte) 3).putShort((short) start).putShort((short) count);
    socket.getOutputStream().write(request.array());
    byte[] header = in.readNBytes(HEADER);
    byte[] answer = in.readNBytes(ByteBuffer.wrap(header).getShort(4) - 1);
    if (answer.length != 2 + 2 * count) {
      throw new IOException("unit " + unit + " answered " + answer.length + " bytes");
    }
  }

  private void measure(Reader reader) throws Exception {
    List<Long> nanos = new ArrayList<>();
    long next = System.nanoTime();
    for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      for (int unit = 1; unit <= units; unit++) {
        for (int start = 0; start < registers; start += ModbusHouse.MOST) {
          long begun = System.nanoTime();
          reader.read(unit, start, Math.min(ModbusHouse.MOST, registers - start));
          if (round >= WARM_UP_ROUNDS) {
            nanos.add(System.nanoTime() - begun);
          }
        }
      }
      next += TimeUnit.SECONDS.toNanos(1);
      TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
    }
    Collections.sort(nanos);
    System.out.printf(Locale.ROOT, "median %.1f%n", nanos.get(nanos.size() / 2) / 1e3);
  }

  public static void main(String[] args) {
    System.exit(new CommandLine(new BareMaster()).execute(args));
  }
}
