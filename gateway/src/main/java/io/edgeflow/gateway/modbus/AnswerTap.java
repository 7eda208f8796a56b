package io.edgeflow.gateway.modbus;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.plc4x.java.modbus.readwrite.ModbusErrorCode;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDU;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUError;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadHoldingRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusPDUReadInputRegistersResponse;
import org.apache.plc4x.java.modbus.readwrite.ModbusTcpADU;
import org.jspecify.annotations.Nullable;

/** Sees the messages of one connection between PLC4X's codec and its driver. */
final class AnswerTap extends ChannelDuplexHandler {
  private record Question(int count, CompletableFuture<PollResult> answer) {}

  private final int unitId;
  private final AtomicReference<@Nullable Question> open = new AtomicReference<>();

  /** A request of our own, past the driver. */
  private record Own(int transaction, CompletableFuture<TapAnswer> answer) {}

  private static final int OWN_TRANSACTIONS = 0x8000;

  private final AtomicReference<@Nullable Own> own = new AtomicReference<>();
  private final AtomicInteger owns = new AtomicInteger();
  private volatile @Nullable ChannelHandlerContext here;

  /** The transaction that was sent last. Owned by the connection's event loop. */
  private int transaction = -1;

  AnswerTap(int unitId) {
    this.unitId = unitId;
  }

  /**
   * What the next request will be answered with; never completes exceptionally, and not at all if
   * the device stays silent.
   *
   * @param count registers about to be asked for
   */
  CompletableFuture<PollResult> expect(int count) {
    var question = new Question(count, new CompletableFuture<>());
    open.set(question);
    return question.answer();
  }

  /**
   * Sends a request past PLC4X's driver, which then sees nothing of the answer either. Only while
   * the driver waits for none.
   *
   * @return never completes exceptionally, and not at all if the device stays silent
   */
  CompletableFuture<TapAnswer> ask(ModbusPDU request) {
    ChannelHandlerContext context = here;
    if (context == null) {
      return CompletableFuture.completedFuture(new TapAnswer.Lost("not connected"));
    }
    int number = OWN_TRANSACTIONS | (owns.getAndIncrement() & (OWN_TRANSACTIONS - 1));
    var asked = new Own(number, new CompletableFuture<>());
    own.set(asked);
    var _ =
        context
            .writeAndFlush(new ModbusTcpADU(number, (short) unitId, request))
            .addListener(
                sent -> {
                  if (!sent.isSuccess()) {
                    asked.answer().complete(new TapAnswer.Lost(String.valueOf(sent.cause())));
                  }
                });
    return asked.answer();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    here = context;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof ModbusTcpADU request) {
      transaction = request.getTransactionIdentifier();
    }
    super.write(context, message, promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof ModbusTcpADU answer && isOwn(answer)) {
      return;
    }
    // First the driver, which frees its only slot; then whoever waits may ask again.
    super.channelRead(context, message);
    if (message instanceof ModbusTcpADU answer
        && answer.getTransactionIdentifier() == transaction
        && answer.getUnitIdentifier() == unitId) {
      Question asked = open.getAndSet(null);
      if (asked != null) {
        asked.answer().complete(result(answer.getPdu(), asked.count()));
      }
    }
  }

  private boolean isOwn(ModbusTcpADU answer) {
    Own asked = own.get();
    if (asked == null
        || answer.getTransactionIdentifier() != asked.transaction()
        || answer.getUnitIdentifier() != unitId) {
      return false;
    }
    own.set(null);
    asked.answer().complete(new TapAnswer.Came(answer.getPdu()));
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    Question asked = open.getAndSet(null);
    if (asked != null) {
      asked.answer().complete(new PollResult.Unreachable("the device closed the connection"));
    }
    Own ours = own.getAndSet(null);
    if (ours != null) {
      ours.answer().complete(new TapAnswer.Lost("the device closed the connection"));
    }
    super.channelInactive(context);
  }

  private static PollResult result(ModbusPDU answer, int count) {
    return switch (answer) {
      case ModbusPDUError error -> new PollResult.DeviceError(code(error.getExceptionCode()));
      case ModbusPDUReadHoldingRegistersResponse holding -> values(holding.getValue(), count);
      case ModbusPDUReadInputRegistersResponse input -> values(input.getValue(), count);
      default -> new PollResult.WrongCount(count, 0);
    };
  }

  private static int code(@Nullable ModbusErrorCode code) {
    return code == null ? 0 : code.getValue();
  }

  /** A broken last register counts as missing or as too many, never as the number asked for. */
  private static int wholeRegisters(int bytes, int count) {
    return bytes < 2 * count ? bytes / 2 : (bytes + 1) / 2;
  }

  private static PollResult values(byte[] bytes, int count) {
    return bytes.length == 2 * count
        ? new PollResult.Values(new Registers(bytes))
        : new PollResult.WrongCount(count, wholeRegisters(bytes.length, count));
  }
}
