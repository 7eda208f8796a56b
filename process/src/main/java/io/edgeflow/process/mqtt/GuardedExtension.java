package io.edgeflow.process.mqtt;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The one extension of an embedded broker: registers the authenticator, starts the caller's part,
 * lets the listeners' ports go only when both are in place, and says how it went (A7).
 */
final class GuardedExtension implements ExtensionMain {
  private final Users users;
  private final UserAuthenticator authenticator;
  private final BrokerExtension inner;
  private final List<ListenAddress> addresses;
  private final CompletableFuture<BrokerServices> inPlace = new CompletableFuture<>();

  GuardedExtension(
      Users users,
      UserAuthenticator authenticator,
      BrokerExtension inner,
      List<ListenAddress> addresses) {
    this.users = users;
    this.authenticator = authenticator;
    this.inner = inner;
    this.addresses = List.copyOf(addresses);
  }

  /** Completes before HiveMQ binds its listener. */
  CompletableFuture<BrokerServices> inPlace() {
    return inPlace;
  }

  @Override
  public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
    try {
      BrokerServices services = BrokerServices.ofStartingBroker(users);
      services.security().setAuthenticatorProvider(connection -> authenticator);
      inner.start(services);
      inPlace.complete(services);
      addresses.forEach(ListenAddress::close);
    } catch (Throwable failure) {
      inPlace.completeExceptionally(failure);
      output.preventExtensionStartup("the capture could not be put in place");
    }
  }

  @Override
  public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
    if (inPlace.isDone() && !inPlace.isCompletedExceptionally()) {
      inner.stop();
    }
  }
}
