package io.edgeflow.process.mqtt;

import com.hivemq.extension.sdk.api.client.parameter.ConnectionInformation;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.auth.SecurityRegistry;
import com.hivemq.extension.sdk.api.services.intializer.InitializerRegistry;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import java.util.Optional;

/**
 * HiveMQ's services of one broker.
 *
 * @param security for authorizers; the authenticator is this package's
 * @param initializers called for every connection before its first packet is looked at
 * @param publishing sends messages to the local subscribers, past all interceptors
 * @param clients who is connected
 * @param users the known users; empty when everyone is let in
 */
public record BrokerServices(
    SecurityRegistry security,
    InitializerRegistry initializers,
    PublishService publishing,
    ClientService clients,
    Users users) {
  /** To be called where HiveMQ starts an extension: only there its statics are this broker's. */
  static BrokerServices ofStartingBroker(Users users) {
    return new BrokerServices(
        Services.securityRegistry(),
        Services.initializerRegistry(),
        Services.publishService(),
        Services.clientService(),
        users);
  }

  /** The name that this connection proved; empty where no users are configured. */
  public Optional<String> user(ConnectionInformation connection) {
    return connection.getConnectionAttributeStore().getAsString(UserAuthenticator.USER_ATTRIBUTE);
  }

  /** What the user of this connection may do; everything where no users are configured. */
  public Rights rights(ConnectionInformation connection) {
    return connection
        .getConnectionAttributeStore()
        .getAsString(UserAuthenticator.USER_ATTRIBUTE)
        .flatMap(users::find)
        .map(User::rights)
        .orElse(users.isEmpty() ? Rights.ALL : Rights.NONE);
  }
}
