package io.edgeflow.process.mqtt;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.packets.auth.ModifiableDefaultPermissions;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets in who is in the user file, and gives them their rights.
 *
 * <p>Hashing runs on threads of its own with a bounded queue; a connection that finds no place is
 * refused as "server busy" and tries again. Nothing about a password is remembered between two
 * connections.
 */
final class UserAuthenticator implements SimpleAuthenticator, AutoCloseable {
  /** The connection attribute that names the authenticated user. */
  static final String USER_ATTRIBUTE = "edgeflow.user";

  /** At most half of the machine: the other half has messages to capture. */
  private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  private static final int WAITING_CONNECTIONS = 512;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Users users;
  private final PasswordHash nobody = PasswordHash.ofNobody();
  private final ExecutorService hashing;

  UserAuthenticator(Users users) {
    this.users = users;
    var pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_CONNECTIONS),
            Thread.ofPlatform().daemon().name("mqtt-password-", 0).factory());
    pool.allowCoreThreadTimeOut(true);
    this.hashing = pool;
  }

  @Override
  public void onConnect(SimpleAuthInput input, SimpleAuthOutput output) {
    if (users.isEmpty()) {
      output.authenticateSuccessfully();
      return;
    }
    Optional<String> name = input.getConnectPacket().getUserName();
    Optional<char[]> password = input.getConnectPacket().getPassword().map(UserAuthenticator::text);
    if (name.isEmpty() || password.isEmpty()) {
      output.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
      return;
    }
    Async<SimpleAuthOutput> async = output.async(PATIENCE, TimeoutFallback.FAILURE);
    try {
      hashing.execute(
          () -> {
            try {
              decide(name.get(), password.get(), input, output);
            } finally {
              async.resume();
            }
          });
    } catch (RejectedExecutionException full) {
      output.failAuthentication(ConnackReasonCode.SERVER_BUSY);
      async.resume();
    }
  }

  private void decide(String name, char[] password, SimpleAuthInput in, SimpleAuthOutput out) {
    Optional<User> user = users.find(name);
    // An unknown name takes as long as a known one, so that names cannot be tried out.
    boolean matches = user.map(User::password).orElse(nobody).matches(password);
    Arrays.fill(password, '\0');
    if (user.isEmpty() || !matches) {
      out.failAuthentication(ConnackReasonCode.NOT_AUTHORIZED);
      return;
    }
    in.getConnectionInformation()
        .getConnectionAttributeStore()
        .putAsString(USER_ATTRIBUTE, user.get().name());
    grant(user.get().rights(), out.getDefaultPermissions());
    out.authenticateSuccessfully();
  }

  private static void grant(Rights rights, ModifiableDefaultPermissions permissions) {
    permissions.setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
    add(permissions, rights.publish(), TopicPermission.MqttActivity.PUBLISH);
    add(permissions, rights.subscribe(), TopicPermission.MqttActivity.SUBSCRIBE);
  }

  private static void add(
      ModifiableDefaultPermissions permissions,
      List<TopicFilter> filters,
      TopicPermission.MqttActivity activity) {
    for (TopicFilter filter : filters) {
      permissions.add(
          Builders.topicPermission().topicFilter(filter.filter()).activity(activity).build());
    }
  }

  private static char[] text(ByteBuffer password) {
    try {
      CharBuffer chars = StandardCharsets.UTF_8.newDecoder().decode(password.duplicate());
      char[] text = new char[chars.remaining()];
      chars.get(text);
      return text;
    } catch (CharacterCodingException e) {
      return new char[0];
    }
  }

  @Override
  public void close() {
    hashing.shutdownNow();
  }
}
