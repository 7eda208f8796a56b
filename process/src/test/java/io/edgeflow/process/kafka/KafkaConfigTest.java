package io.edgeflow.process.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.process.settings.Secret;
import io.edgeflow.process.settings.Settings;
import io.edgeflow.process.settings.SettingsException;
import io.edgeflow.process.settings.SettingsLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KafkaConfigTest {
  private static final String SERVERS = "kafka.bootstrapServers=one:9092, [::1]:9092";

  record Configuration(KafkaConfig kafka) {}

  @Test
  void isAbsentUnlessSomebodyAsksForIt() throws Exception {
    assertEquals(KafkaConfig.NONE, load().value().kafka());
    assertFalse(KafkaConfig.NONE.isConfigured());
  }

  @Test
  void passesPropertiesThroughAndHidesSecrets() throws Exception {
    Settings<Configuration> settings =
        load(
            SERVERS,
            "kafka.properties={security.protocol: SASL_SSL, client.rack: west}",
            "kafka.secrets={sasl.jaas.config: 'env:JAAS'}");
    KafkaConfig kafka = settings.value().kafka();
    assertTrue(kafka.isConfigured());
    assertEquals(List.of("one:9092", "[::1]:9092"), kafka.bootstrapServers());
    assertEquals(
        Map.of("security.protocol", "SASL_SSL", "client.rack", "west"), kafka.properties());
    assertEquals(Map.of("sasl.jaas.config", new Secret("hush")), kafka.secrets());
    assertFalse(settings.effective().contains("hush"), settings.effective());
  }

  @Test
  void refusesWhatCannotBeMeant() {
    assertRefused("must be host:port", "kafka.bootstrapServers=kafka");
    assertRefused("must be host:port", "kafka.bootstrapServers=kafka://one:9092");
    assertRefused("needs kafka.bootstrapServers", "kafka.properties={client.rack: west}");
    assertRefused("belongs under kafka.secrets", SERVERS, "kafka.properties={ssl.key.password: x}");
    assertRefused("leave acks to EdgeFlow", SERVERS, "kafka.properties={acks: 0}");
    assertRefused(
        "leave auto.offset.reset", SERVERS, "kafka.secrets={auto.offset.reset: 'env:JAAS'}");
  }

  private static Settings<Configuration> load(String... options) throws SettingsException {
    return new SettingsLoader(Map.of("JAAS", "hush"), Path.of("").toAbsolutePath())
        .load(Configuration.class, Optional.empty(), List.of(options));
  }

  private static void assertRefused(String rule, String... options) {
    String refusal = assertThrows(SettingsException.class, () -> load(options)).toString();
    assertTrue(refusal.contains(rule), refusal);
  }
}
