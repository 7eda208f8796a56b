package io.edgeflow.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourceConfigTest {
  @TempDir Path home;

  private Map<String, SourceConfig> load(String sources) throws Exception {
    Path file =
        Files.writeString(home.resolve("gateway.yaml"), "{edge: a, sources: " + sources + "}");
    return new SettingsLoader(Map.of(), home)
        .load(GatewayConfig.class, Optional.of(file), List.of())
        .value()
        .sources();
  }

  private void refused(String sources, String why) {
    var refusal = assertThrows(SettingsException.class, () -> load(sources));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::toString);
  }

  @Test
  void hasDefaults() throws Exception {
    assertEquals(Map.of(), load("{}"));
    assertEquals(
        new SourceConfig(
            URI.create("tcp://b:1883"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of("sensors/#"),
            1,
            Optional.empty(),
            500,
            Duration.ofDays(7),
            SourceConfig.Retained.IGNORE,
            Duration.ofSeconds(30)),
        load("{b: {url: 'tcp://b:1883', topics: ['sensors/#']}}").get("b"));
  }

  @Test
  void takesAllThatCanBeSaid() throws Exception {
    Files.writeString(home.resolve("secret"), "x");
    SourceConfig source =
        only(
            """
            {b: {url: 'wss://b:443/mqtt', user: u, password: 'file:secret', clientId: c, ca: ca.pem,
              topics: [a, +/b], qos: 0, mqttVersion: 3.1.1, window: 20, sessionExpiry: 1h,
              retained: take, keepAlive: 5s}}
            """);
    assertEquals("x", source.password().orElseThrow().reveal());
    assertEquals(Optional.of(home.resolve("ca.pem")), source.ca());
    assertEquals(Optional.of(new SourceConfig.Version("3.1.1")), source.mqttVersion());
    assertEquals(SourceConfig.Retained.TAKE, source.retained());
    assertEquals(
        Optional.of(new SourceConfig.Version("5")),
        only("{b: {url: 'ssl://b:8883', topics: [a], mqttVersion: 5}}").mqttVersion());
  }

  private SourceConfig only(String yaml) throws Exception {
    return Objects.requireNonNull(load(yaml).get("b"));
  }

  @Test
  void refusesWhatCannotBe() {
    refused("{b: {topics: [a]}}", "url");
    refused("{b: {url: 'tcp://b', topics: [a]}}", "must be tcp://host:port");
    refused("{b: {url: 'tcp://b:1/x', topics: [a]}}", "must be tcp://host:port");
    refused("{b: {url: 'http://b:1', topics: [a]}}", "must be tcp://host:port");
    refused("{b: {url: 'tcp://u@b:1', topics: [a]}}", "must not hold the user");
    refused("{b: {url: 'tcp://b:1', topics: [a], ca: f}}", "is for ssl:// and wss:// only");
    refused("{b: {url: 'tcp://b:1'}}", "must name at least one");
    refused("{b: {url: 'tcp://b:1', topics: ['a/#/b']}}", "must be topic filters");
    refused("{b: {url: 'tcp://b:1', topics: ['edgeflow/#']}}", "must be topic filters");
    refused("{b: {url: 'tcp://b:1', topics: ['$SYS/#']}}", "must be topic filters");
    refused("{b: {url: 'tcp://b:1', topics: [a], qos: 2}}", "qos");
    refused("{b: {url: 'tcp://b:1', topics: [a], mqttVersion: 4}}", "must be 5 or 3.1.1");
    refused("{b: {url: 'tcp://b:1', topics: [a], window: 0}}", "window");
    refused("{b: {url: 'tcp://b:1', topics: [a], clientId: ' '}}", "1 to 200 characters");
    refused("{'b c': {url: 'tcp://b:1', topics: [a]}}", "must have names of");
    refused(
        "{b: {url: 'tcp://b:1', topics: [a], clientId: x},"
            + " c: {url: 'tcp://b:1', topics: [a], clientId: x}}",
        "one clientId");
  }
}
