package io.edgeflow.process.mqtt;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extensions.client.parameter.ConnectionAttributeStoreImpl;
import io.netty.channel.Channel;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The Netty channel behind a connection. HiveMQ's extension interface addresses clients by their
 * id, and an id may by now belong to the connection that took it over; a channel is one connection.
 *
 * <p>This reads a private field of the pinned HiveMQ version: {@link #find} fails the start if it
 * is gone.
 */
public final class ConnectionChannel {
  private final VarHandle field;

  private ConnectionChannel(VarHandle field) {
    this.field = field;
  }

  /**
   * @throws IllegalStateException if this HiveMQ keeps its channels elsewhere
   */
  public static ConnectionChannel find() {
    try {
      return new ConnectionChannel(
          MethodHandles.privateLookupIn(ConnectionAttributeStoreImpl.class, MethodHandles.lookup())
              .findVarHandle(ConnectionAttributeStoreImpl.class, "channel", Channel.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this version of HiveMQ keeps its channels elsewhere", e);
    }
  }

  public Channel of(ConnectionInformation connection) {
    return (Channel) field.get(connection.getConnectionAttributeStore());
  }
}
