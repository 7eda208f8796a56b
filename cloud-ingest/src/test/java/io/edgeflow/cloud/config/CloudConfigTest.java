package io.edgeflow.cloud.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.cloud.config.CloudConfig.Road;
import io.edgeflow.cloud.config.DeployConfig.Channel;
import io.edgeflow.process.settings.Settings;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CloudConfigTest {
  private static final Path HOME =
      Path.of(System.getProperty("edgeflow.home", "..")).toAbsolutePath().normalize();

  @Test
  void needsNoSettingAtAll() throws Exception {
    CloudConfig config = load().value();
    assertEquals(HOME.resolve("data/cloud"), config.dataDir());
    assertEquals("127.0.0.1", config.mqtt().host());
    assertEquals(1884, config.mqtt().port());
    assertEquals("127.0.0.1", config.http().host());
    assertEquals(8080, config.http().port());
    assertEquals(Optional.empty(), config.database().url());
    assertEquals(2, config.database().writers());
    assertEquals(50_000, config.limits().maxSeries());
    assertEquals(
        new DeployConfig(
            Optional.empty(), Optional.empty(), "edgeflow", List.of(Channel.MQTT, Channel.KAFKA)),
        config.deploy());
  }

  @Test
  void statesTheDefaultsInItsSample() throws Exception {
    Optional<Path> sample = Optional.of(HOME.resolve("config/cloud.yaml"));
    assertEquals(
        load().value(),
        new SettingsLoader(Map.of(), HOME).load(CloudConfig.class, sample, List.of()).value());
  }

  @Test
  void takesADatabaseAndHidesItsPassword() throws Exception {
    Settings<CloudConfig> settings =
        new SettingsLoader(Map.of("SECRET", "hush"), HOME)
            .load(
                CloudConfig.class,
                Optional.empty(),
                List.of(
                    "database.url=jdbc:postgresql://db/edgeflow",
                    "database.user=me",
                    "database.password=env:SECRET"));
    assertEquals("hush", settings.value().database().password().orElseThrow().reveal());
    assertFalse(settings.effective().contains("hush"), settings.effective());
  }

  @Test
  void refusesListenersBeyondLoopbackWithoutUsers() {
    assertRefused("mqtt.host", "mqtt.host=0.0.0.0");
    assertRefused("http.host", "http.host=0.0.0.0");
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertRefused("database.url", "database.url=postgres://db");
    assertRefused("database.url", "database.url=jdbc:postgresql://db/x?password=hush");
    assertRefused("database.user", "database.user=me");
    assertRefused("database.writers", "database.writers=0");
    assertRefused("database.writers", "database.writers=17");
    assertRefused("http.port", "http.port=1884");
    assertRefused("deploy.signingKey", "deploy.signingKey=keys/cloud.key");
    assertRefused("deploy.audience", "deploy.audience=a cloud");
    assertRefused("must be mqtt, kafka or both", "deploy.channels=[]");
    assertRefused("needs kafka.bootstrapServers", "deploy.channels=kafka");
    assertRefused("limits.maxSeries", "limits.maxSeries=0");
    assertRefused("did you mean maxSeries?", "limits.maxSerie=1");
  }

  @Test
  void takesFramesOverKafkaWhereSeveralProcessesArePossible() throws Exception {
    String servers = "kafka.bootstrapServers=kafka-1:9092";
    String database = "database.url=jdbc:postgresql://db/edgeflow";
    assertEquals(Road.MQTT, load().value().road());
    assertEquals(Road.MQTT, load(servers).value().road());
    assertEquals(Road.MQTT, load(database).value().road());
    assertEquals(Road.KAFKA, load(servers, database).value().road());
    assertEquals(Road.MQTT, load(servers, database, "intake=mqtt").value().road());
    assertEquals(Road.KAFKA, load(servers, database, "intake=kafka").value().road());
    assertRefused("kafka needs kafka.bootstrapServers", database, "intake=kafka");
    assertRefused("the embedded PostgreSQL is one process' own", servers, "intake=kafka");
  }

  @Test
  void readsWhatGoesOverKafka() throws Exception {
    String servers = "kafka.bootstrapServers=kafka-1:9092";
    CloudKafka kafka =
        load(servers, "kafka.publish=[windows, events]", "kafka.group=north", "kafka.retention=1d")
            .value()
            .kafka();
    assertEquals(List.of(CloudKafka.Publish.WINDOWS, CloudKafka.Publish.EVENTS), kafka.publish());
    assertEquals(Optional.of("north"), kafka.group());
    assertEquals(Duration.ofDays(1), kafka.retention());
    assertRefused("kafka.partitions", servers, "kafka.partitions=0");
    assertRefused("kafka.retention", servers, "kafka.retention=1m");
    assertRefused("kafka.group", servers, "kafka.group=no group");
    assertRefused("kafka.publish", "kafka.publish=windows");
    assertRefused("must be host:port", "kafka.bootstrapServers=kafka");
    assertRefused("leave acks to EdgeFlow", servers, "kafka.properties={acks: 0}");
  }

  private static Settings<CloudConfig> load(String... options) throws SettingsException {
    return new SettingsLoader(Map.of(), HOME)
        .load(CloudConfig.class, Optional.empty(), List.of(options));
  }

  private static void assertRefused(String path, String... options) {
    String refusal = assertThrows(SettingsException.class, () -> load(options)).toString();
    assertTrue(refusal.contains(path), refusal);
  }
}
