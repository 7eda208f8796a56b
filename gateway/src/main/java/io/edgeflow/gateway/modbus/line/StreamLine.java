package io.edgeflow.gateway.modbus.line;

import io.edgeflow.gateway.modbus.ModbusLine;
import io.edgeflow.gateway.modbus.PollResult;
import io.edgeflow.gateway.modbus.RegisterBlock;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.jspecify.annotations.Nullable;

/**
 * A line over blocking streams, on the thread of whoever asks: nothing is handed to another thread
 * and back, so a request takes hardly longer than its bytes. The messages are PLC4X's.
 */
public final class StreamLine implements ModbusLine {
  /** Then nobody on the line answers, and it may be the connection's own fault. */
  private static final int MOST_SILENCES = 3;

  private static final int NOBODY = -1;

  private record Link(Wire wire, Framing framing) {}

  private final LineSettings settings;

  // Guarded by this: the asking thread sets it, a closing one takes it.
  private @Nullable Link link;
  private boolean closed;

  // Owned by the asking thread.
  private int silences;
  private long freeNanos = System.nanoTime();

  /** Whose answer may still come, and could be taken for another one of his until then. */
  private int late = NOBODY;

  private long lateUntilNanos = freeNanos;
  private long sentNanos = freeNanos;

  public StreamLine(LineSettings settings) {
    this.settings = settings;
  }

  @Override
  public PollResult read(int unit, RegisterBlock block) throws InterruptedException {
    return switch (asked(unit, Requests.read(block))) {
      case Exchange.Answered(ModbusPDU answer) -> kept(Requests.registers(block, answer));
      case Exchange.Wrong(String detail) -> new PollResult.WrongAnswer(detail);
      case Exchange.Silent() -> new PollResult.TimedOut();
      case Exchange.Lost(String why) -> new PollResult.HungUp(why);
      case Exchange.Unreachable(String why) -> new PollResult.Unreachable(why);
    };
  }

  /**
   * Many gateways close what was idle for a while: then it is asked once more, over a new one. Some
   * hang up instead of saying that nobody answers: that must not cost a second time-out.
   */
  private Exchange asked(int unit, ModbusPDU request) throws InterruptedException {
    boolean used = isOpen();
    Exchange first = exchange(unit, request, settings.timeout());
    Duration left = settings.timeout().minusNanos(System.nanoTime() - sentNanos);
    return used && first instanceof Exchange.Lost && left.isPositive()
        ? exchange(unit, request, left)
        : first;
  }

  private synchronized boolean isOpen() {
    return link != null;
  }

  /** Behind an answer of another length nothing can be trusted. */
  private PollResult kept(PollResult result) {
    if (result instanceof PollResult.WrongCount || result instanceof PollResult.WrongAnswer) {
      drop();
    }
    return result;
  }

  @Override
  public WriteResult write(int unit, RegisterWrite write, boolean readBack)
      throws InterruptedException {
    WriteResult written =
        asked(unit, Requests.write(write), answer -> Requests.written(write, answer));
    return readBack && written instanceof WriteResult.Written
        ? asked(unit, Requests.readBack(write), answer -> Requests.compared(write, answer))
        : written;
  }

  private WriteResult asked(int unit, ModbusPDU request, Function<ModbusPDU, WriteResult> meaning)
      throws InterruptedException {
    return switch (exchange(unit, request, settings.timeout())) {
      case Exchange.Answered(ModbusPDU answer) -> {
        WriteResult result = meaning.apply(answer);
        if (result instanceof WriteResult.WrongAnswer) {
          drop();
        }
        yield result;
      }
      case Exchange.Wrong _ -> new WriteResult.WrongAnswer();
      case Exchange.Silent() -> new WriteResult.TimedOut();
      case Exchange.Lost(String why) -> new WriteResult.Unreachable(why);
      case Exchange.Unreachable(String why) -> new WriteResult.Unreachable(why);
    };
  }

  private Exchange exchange(int unit, ModbusPDU request, Duration timeout)
      throws InterruptedException {
    Link open;
    try {
      open = connected();
    } catch (SocketTimeoutException silence) {
      String within = settings.timeout().toMillis() + " ms";
      return new Exchange.Unreachable("no connection within " + within);
    } catch (IOException failed) {
      return new Exchange.Unreachable(reason(failed));
    }
    pause(freeNanos - System.nanoTime());
    if (unit == late) {
      pause(lateUntilNanos - System.nanoTime());
    }
    try {
      Exchange exchange = exchange(open, unit, request, timeout);
      if (exchange instanceof Exchange.Silent && !open.framing().knowsLateAnswers()) {
        late = unit;
        lateUntilNanos = System.nanoTime() + rest().toNanos();
      }
      return exchange;
    } catch (IOException lost) {
      drop();
      return new Exchange.Lost(reason(lost));
    } finally {
      freeNanos = System.nanoTime() + settings.pause().toNanos();
    }
  }

  private Exchange exchange(Link open, int unit, ModbusPDU request, Duration timeout)
      throws IOException {
    try {
      sentNanos = System.nanoTime();
      open.framing().send(open.wire(), unit, request);
      long deadline = System.nanoTime() + timeout.toNanos();
      ModbusPDU answer = open.framing().receive(open.wire(), unit, deadline);
      silences = 0;
      return new Exchange.Answered(answer);
    } catch (Framing.NoAnswer nonsense) {
      drop();
      return new Exchange.Wrong(String.valueOf(nonsense.getMessage()));
    } catch (SocketTimeoutException silence) {
      silences++;
      if (silences >= MOST_SILENCES || !open.framing().knowsLateAnswers()) {
        drop();
      }
      return new Exchange.Silent();
    }
  }

  private Link connected() throws IOException, InterruptedException {
    synchronized (this) {
      if (closed) {
        throw new IOException("closed");
      }
      if (link != null) {
        return link;
      }
    }
    Link made = connect();
    synchronized (this) {
      if (closed) {
        made.wire().close();
        throw new IOException("closed");
      }
      link = made;
    }
    silences = 0;
    pause(settings.connectPause().toNanos());
    return made;
  }

  private Link connect() throws IOException {
    Duration timeout = settings.timeout();
    return switch (settings.endpoint()) {
      case Endpoint.Tcp(String host, int port) ->
          new Link(SocketWire.connect(host, port, timeout), new TcpFraming());
      case Endpoint.RtuOverTcp(String host, int port) ->
          new Link(SocketWire.connect(host, port, timeout), new RtuFraming());
      case Endpoint.Serial serial -> new Link(SerialWire.open(serial), new RtuFraming());
    };
  }

  /** Of one that is later still nothing can be known. */
  @Override
  public Duration rest() {
    return settings.endpoint() instanceof Endpoint.Tcp ? Duration.ZERO : settings.timeout();
  }

  private static void pause(long nanos) throws InterruptedException {
    if (nanos > 0) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
  }

  private void drop() {
    Link dropped;
    synchronized (this) {
      dropped = link;
      link = null;
    }
    if (dropped != null) {
      dropped.wire().close();
    }
  }

  /** Whoever stops us interrupts and closes the line, and that is no fault of the device. */
  private static String reason(IOException lost) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    String message = lost.getMessage();
    return message == null ? lost.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    drop();
  }
}
