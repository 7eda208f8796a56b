package io.edgeflow.cloud.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.store.EdgeEar;
import io.edgeflow.cloud.store.LiveFeed;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.cloud.store.Schema;
import io.edgeflow.process.mqtt.BrokerSettings;
import io.edgeflow.process.mqtt.PasswordHash;
import io.edgeflow.wire.frame.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may say what where users are configured. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class IntakeUsersIT {
  @TempDir Path folder;

  @Test
  void letsAUserSpeakOnlyAsTheEdgeOfItsName() throws Exception {
    Path users = folder.resolve("users.txt");
    Files.writeString(users, "pi-7:" + PasswordHash.of("secret".toCharArray()) + "\n");
    Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
    Plant stranger = new Plant("pi-8", RandomGenerator.getDefault());
    try (Schema schema = Schema.create();
        Intake intake = start(schema, users)) {
      assertThrows(
          MqttException.class, () -> PahoEdge.connect("pi-7", intake.port(), Optional.empty()));
      speak(schema, intake, plant, stranger);
    }
  }

  private static void speak(Schema schema, Intake intake, Plant plant, Plant stranger)
      throws Exception {
    try (PahoEdge edge = PahoEdge.connect("pi-7", intake.port(), Optional.of("secret"))) {
      Frame own = plant.windows("pump/flow", Plant.window(0, 1));
      edge.send(own);
      Await.until("a verdict", () -> edge.verdict(own.id()).isPresent());
      assertThrows(MqttException.class, () -> edge.subscribe("edgeflow/v1/pi-8/ack"));
      assertThrows(MqttException.class, () -> edge.subscribe("edgeflow/v1/+/ack"));
      edge.trySend(stranger.windows("pump/flow", Plant.window(0, 1)));
      Await.until("the end of the connection", () -> !edge.isConnected());
    }
    assertEquals("1", schema.one("select count(*) from edge"));
  }

  private static Intake start(Schema schema, Path users) throws Exception {
    return Intake.start(
        BrokerSettings.of("127.0.0.1", 0).withUsers(users),
        schema.settings(1000),
        Optional.empty(),
        LiveFeed.NONE,
        EdgeEar.NONE,
        new SimpleMeterRegistry(),
        InstantSource.system());
  }
}
