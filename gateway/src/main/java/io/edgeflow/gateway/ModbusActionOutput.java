package io.edgeflow.gateway;

import io.edgeflow.gateway.actions.ActionOutput;
import io.edgeflow.gateway.actions.ActionResult;
import io.edgeflow.gateway.config.ActionConfig;
import io.edgeflow.gateway.config.ModbusConfig;
import io.edgeflow.gateway.modbus.Poller;
import io.edgeflow.gateway.modbus.RegisterEncoder;
import io.edgeflow.gateway.modbus.RegisterWrite;
import io.edgeflow.gateway.modbus.WriteResult;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes over the connection that its device is polled over. */
record ModbusActionOutput(
    Poller poller, String device, RegisterWrite on, RegisterWrite off, boolean readBack)
    implements ActionOutput {
  static ModbusActionOutput of(
      Poller poller, ActionConfig.Register register, ModbusConfig.Order orderOfDevice) {
    return new ModbusActionOutput(
        poller,
        register.device(),
        write(register, true, orderOfDevice),
        write(register, false, orderOfDevice),
        register.readBack());
  }

  private static RegisterWrite write(
      ActionConfig.Register register, boolean on, ModbusConfig.Order orderOfDevice) {
    if (register.coil().isPresent()) {
      return new RegisterWrite.Coil(register.coil().get(), on != register.invert());
    }
    Optional<Double> value = on ? register.on() : register.off();
    return new RegisterWrite.Holding(
        register.holding().orElseThrow(),
        RegisterEncoder.encode(
            value.orElseThrow(),
            register.type(),
            ModbusParts.order(register.order().orElse(orderOfDevice))));
  }

  @Override
  public void write(boolean position, Consumer<ActionResult> done) {
    RegisterWrite write = position ? on : off;
    if (!poller.write(device, write, readBack, () -> true, result -> done.accept(told(result)))) {
      done.accept(
          new ActionResult.Failed("queue-full", "too many writes wait for " + device + " already"));
    }
  }

  private static ActionResult told(WriteResult result) {
    return switch (result) {
      case WriteResult.Written(String back) -> new ActionResult.Done(back);
      case WriteResult.Differs(String back) -> new ActionResult.Differs(back);
      case WriteResult.DeviceError(int code) ->
          new ActionResult.Failed("exception", "the device answered with exception " + code);
      case WriteResult.WrongAnswer() ->
          new ActionResult.Failed("wrong-answer", "the device answered something else");
      case WriteResult.TimedOut() ->
          new ActionResult.Failed("timeout", "the device did not answer in time");
      case WriteResult.Lapsed() -> throw new IllegalStateException("an action does not lapse");
      case WriteResult.Unreachable(String why) -> new ActionResult.Failed("unreachable", why);
    };
  }
}
