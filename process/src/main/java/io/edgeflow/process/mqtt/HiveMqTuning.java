package io.edgeflow.process.mqtt;

import ch.qos.logback.classic.Level;
import com.hivemq.configuration.service.InternalConfigurations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HiveMQ's switches, which are static: all brokers of a JVM share them. */
final class HiveMqTuning {
  private HiveMqTuning() {}

  /** To be called after an embedded HiveMQ was built, because that sets some of them, too. */
  static void apply() {
    // Building it allowed everyone. Our extension always brings an authenticator, so whoever
    // meets a HiveMQ without our extension is refused.
    InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(true);
    InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
    // In-memory persistence has nothing to flush at a stop.
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(0);
    InternalConfigurations.PERSISTENCE_SHUTDOWN_TIMEOUT_SEC.set(2);
    InternalConfigurations.MANAGED_EXTENSION_EXECUTOR_SHUTDOWN_TIMEOUT_SEC.set(2);
  }

  /** HiveMQ tells its life story at INFO; a process that embeds it wants its trouble only. */
  static void quietLog() {
    for (String name : new String[] {"com.hivemq", "oshi"}) {
      Logger logger = LoggerFactory.getLogger(name);
      if (logger instanceof ch.qos.logback.classic.Logger logback && logback.getLevel() == null) {
        logback.setLevel(Level.WARN);
      }
    }
  }
}
