package io.edgeflow.gateway.modbus;

import io.netty.channel.EventLoopGroup;
import org.apache.plc4x.java.modbus.tcp.ModbusTcpDriver;
import org.apache.plc4x.java.modbus.tcp.config.ModbusTcpConfiguration;
import org.apache.plc4x.java.modbus.types.ModbusByteOrder;
import org.apache.plc4x.java.spi.connection.DefaultNettyPlcConnection;

/**
 * PLC4X's Modbus TCP driver, with connections made our way: on a shared I/O thread, released
 * completely when they end ({@link DriverJanitor}), and without the optimiser, which ignores units
 * and merges tags.
 */
final class Plc4xModbusDriver extends ModbusTcpDriver {
  /** PLC4X's own time-out frees nothing; ours comes first and drops the connection. */
  private static final int NEVER_FIRST = 3;

  DefaultNettyPlcConnection connection(ModbusDevice device, EventLoopGroup loop, AnswerTap tap) {
    return new DefaultNettyPlcConnection(
        canPing(),
        canRead(),
        canWrite(),
        canSubscribe(),
        canBrowse(),
        getValueHandler(),
        configuration(device),
        new LoopChannelFactory(device, loop, tap),
        fireDiscoverEvent(),
        awaitSetupComplete(),
        awaitDisconnectComplete(),
        awaitDiscoverComplete(),
        getStackConfigurer(),
        null,
        null);
  }

  private static ModbusTcpConfiguration configuration(ModbusDevice device) {
    var configuration = new ModbusTcpConfiguration();
    configuration.setDefaultUnitIdentifier(device.unitId());
    configuration.setRequestTimeout((int) device.timeout().multipliedBy(NEVER_FIRST).toMillis());
    configuration.setDefaultPayloadByteOrder(ModbusByteOrder.BIG_ENDIAN);
    configuration.setPingAddress("holding-register:1:UINT");
    configuration.setMaxRegistersPerRequest(RegisterBlock.MAX_REGISTERS);
    return configuration;
  }
}
