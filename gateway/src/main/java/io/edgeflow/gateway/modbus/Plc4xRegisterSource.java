package io.edgeflow.gateway.modbus;

import io.netty.channel.EventLoopGroup;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.plc4x.java.api.exceptions.PlcConnectionException;
import org.apache.plc4x.java.modbus.base.tag.ModbusTag;
import org.apache.plc4x.java.modbus.base.tag.ModbusTagHoldingRegister;
import org.apache.plc4x.java.modbus.base.tag.ModbusTagInputRegister;
import org.apache.plc4x.java.modbus.readwrite.ModbusDataType;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.spi.connection.DefaultNettyPlcConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes registers with PLC4X's Modbus TCP driver: one connection, one request at a time.
 */
final class Plc4xRegisterSource implements RegisterSource {
  private final ModbusDevice device;
  private final EventLoopGroup loop;
  private final Plc4xModbusDriver driver = new Plc4xModbusDriver();

  private record Link(DefaultNettyPlcConnection connection, AnswerTap tap) {}

  // Guarded by this: the reading thread sets it, a closing one takes it.
  private @Nullable Link link;
  private boolean closed;

  Plc4xRegisterSource(ModbusDevice device, EventLoopGroup loop) {
    this.device = device;
    this.loop = loop;
  }

  @Override
  public PollResult read(RegisterBlock block) throws InterruptedException {
    return exchange(
        open -> ask(open, block), PollResult.Unreachable::new, Plc4xRegisterSource::leavesUsable);
  }

  @Override
  public WriteResult write(RegisterWrite write, boolean readBack) throws InterruptedException {
    return exchange(
        open -> written(open, write, readBack),
        WriteResult.Unreachable::new,
        Plc4xRegisterSource::leavesUsable);
  }

  private interface Asking<R> {
    R ask(Link open) throws InterruptedException;
  }

  /** Over the connection that is there, or a new one; one that is of no more use is dropped. */
  private <R> R exchange(
      Asking<R> asking, Function<String, R> unreachable, Predicate<R> leavesUsable)
      throws InterruptedException {
    Link open;
    try {
      open = connected();
    } catch (PlcConnectionException fault) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return unreachable.apply(reason(fault));
    }
    R result = unreachable.apply("interrupted");
    try {
      result = asking.ask(open);
      return result;
    } finally {
      if (!leavesUsable.test(result)) {
        drop();
      }
    }
  }

  private WriteResult written(Link open, RegisterWrite write, boolean readBack)
      throws InterruptedException {
    WriteResult result =
        ask(open, RegisterWriter.request(write), pdu -> RegisterWriter.written(write, pdu));
    return readBack && result instanceof WriteResult.Written
        ? ask(open, RegisterWriter.readBack(write), pdu -> RegisterWriter.compared(write, pdu))
        : result;
  }

  private WriteResult ask(Link open, ModbusPDU request, Function<ModbusPDU, WriteResult> meaning)
      throws InterruptedException {
    try {
      TapAnswer answer =
          open.tap().ask(request).get(device.timeout().toNanos(), TimeUnit.NANOSECONDS);
      return switch (answer) {
        case TapAnswer.Came(ModbusPDU pdu) -> meaning.apply(pdu);
        case TapAnswer.Lost(String why) -> new WriteResult.Unreachable(why);
      };
    } catch (TimeoutException silence) {
      return new WriteResult.TimedOut();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the tap never fails an answer", impossible);
    }
  }

  private static boolean leavesUsable(WriteResult result) {
    return switch (result) {
      case WriteResult.Written _, WriteResult.Differs _, WriteResult.DeviceError _ -> true;
      case WriteResult.WrongAnswer _, WriteResult.TimedOut _, WriteResult.Unreachable _ -> false;
    };
  }

  private Link connected() throws PlcConnectionException, InterruptedException {
    synchronized (this) {
      if (link != null && link.connection().isConnected()) {
        return link;
      }
    }
    drop();
    var tap = new AnswerTap(device.unitId());
    var made = new Link(driver.connection(device, loop, tap), tap);
    made.connection().connect();
    return keep(made);
  }

  private Link keep(Link made) throws PlcConnectionException {
    synchronized (this) {
      if (!closed) {
        link = made;
        return made;
      }
    }
    made.connection().close();
    throw new PlcConnectionException("closed");
  }

  /**
   * Waits for what the tap saw rather than for PLC4X's own answer: that one loses the exception
   * code, takes too many registers for enough, and never comes after some kinds of nonsense.
   */
  private PollResult ask(Link open, RegisterBlock block) throws InterruptedException {
    CompletableFuture<PollResult> answer = open.tap().expect(block.count());
    var request = open.connection().readRequestBuilder().addTag("block", tag(block)).build();
    var _ =
        request
            .execute()
            .whenComplete(
                (response, failure) -> {
                  if (failure != null) {
                    answer.complete(new PollResult.Unreachable(reason(failure)));
                  }
                });
    try {
      return answer.get(device.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException silence) {
      return new PollResult.TimedOut();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException("the tap never fails an answer", impossible);
    }
  }

  private static ModbusTag tag(RegisterBlock block) {
    return switch (block.table()) {
      case HOLDING ->
          new ModbusTagHoldingRegister(block.start(), block.count(), ModbusDataType.UINT, Map.of());
      case INPUT ->
          new ModbusTagInputRegister(block.start(), block.count(), ModbusDataType.UINT, Map.of());
    };
  }

  /** After anything but an orderly answer the next one could be a late one: start anew. */
  private static boolean leavesUsable(PollResult result) {
    return switch (result) {
      case PollResult.Values v -> true;
      case PollResult.DeviceError e -> true;
      case PollResult.WrongCount w -> false;
      case PollResult.TimedOut t -> false;
      case PollResult.Unreachable u -> false;
    };
  }

  private void drop() {
    Link dropped;
    synchronized (this) {
      dropped = link;
      link = null;
    }
    if (dropped != null) {
      end(dropped.connection());
    }
  }

  private static void end(DefaultNettyPlcConnection connection) {
    try {
      connection.close();
    } catch (PlcConnectionException ended) {
      // It is gone either way; the janitor in its pipeline has released what it held.
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    drop();
  }
}
