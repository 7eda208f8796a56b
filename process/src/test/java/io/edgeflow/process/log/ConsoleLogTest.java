package io.edgeflow.process.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ConsoleLogTest {
  @Test
  void outranksTheConfigurationInsideTheBrokersJar() {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    assertNotNull(root.getAppender("console"));
    assertEquals(Level.WARN, ((Logger) LoggerFactory.getLogger("com.hivemq")).getLevel());
  }
}
