package io.edgeflow.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.edgeflow.gateway.modbus.PlantSlave;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From a sensor over an alarm to a real Modbus device and to a subscriber, through the edge process
 * as a whole. Nobody is a cloud here.
 */
@Timeout(90)
final class ActionProcessTest {
  private static final String PLANT =
      """
      modbus:
        devices:
          plc: { host: 127.0.0.1, port: PORT, interval: 60s, points: { x: { address: 0 } } }
      alarms:
        - { name: flow, series: "*/flow", limits: { h: 20 }, priority: high }
      actions:
        - name: slow
          when: { series: pump-7/flow, alarm: flow.h }
          modbus: { device: plc, coil: 3 }
        - name: speed
          when: { series: pump-7/flow, above: 20, hysteresis: 2 }
          modbus: { device: plc, holding: 40, on: 600, off: 1450 }
        - name: lamp
          when: { series: pump-7/flow, alarm: flow.h }
          mqtt: { topic: plant/lamp, on: red, off: green, retain: true }
      """;

  @TempDir Path temp;

  private EdgeSettings settings(PlantSlave slave) throws Exception {
    Path file =
        Files.writeString(
            temp.resolve("gateway.yaml"), PLANT.replace("PORT", Integer.toString(slave.port())));
    return new EdgeSettings(temp.resolve("data"), Optional.of(file));
  }

  @Test
  void switchesDevicesAndTellsListeners() throws Exception {
    BlockingQueue<String> lamp = new LinkedBlockingQueue<>();
    try (var slave = new PlantSlave()) {
      EdgeSettings settings = settings(slave);
      try (var edge = new RunningEdge(settings, Surroundings.real()).awaitStarted();
          var sensor = new TestSensor(settings.mqttPort)) {
        MqttAsyncClient listener = listener(settings.mqttPort, lamp);
        assertTrue(sensor.acknowledged(sensor.publish(10)));
        await("the register is set", () -> register(slave) == 1450);
        assertTrue(sensor.acknowledged(sensor.publish(30)));
        await("the coil is on", () -> slave.coils[3]);
        await("the register is set", () -> register(slave) == 600);
        awaitLamp(lamp, "red");
        assertTrue(sensor.acknowledged(sensor.publish(19)));
        await("the coil is off again", () -> !slave.coils[3]);
        awaitLamp(lamp, "green");
        assertEquals(600, register(slave), "within the hysteresis");
        listener.disconnect().waitForCompletion();
        listener.close();
        edge.await("/api/v1/ledger", answer -> events(answer.body()) > 0);
        String done = "edgeflow_actions_total\\{outcome=\"done\"} [1-9]";
        edge.await("/metrics", answer -> Pattern.compile(done).matcher(answer.body()).find());
      }
    }
  }

  /**
   * What an action wants is written again by the next process, whatever the device holds by then.
   */
  @Test
  void setsItsOutputsAtAStart() throws Exception {
    try (var slave = new PlantSlave()) {
      EdgeSettings settings = settings(slave);
      try (var _ = new RunningEdge(settings, Surroundings.real()).awaitStarted();
          var sensor = new TestSensor(settings.mqttPort)) {
        assertTrue(sensor.acknowledged(sensor.publish(30)));
        await("the coil is on", () -> slave.coils[3]);
      }
      slave.coils[3] = false;
      try (var _ = new RunningEdge(settings, Surroundings.real()).awaitStarted()) {
        await("the coil is on again", () -> slave.coils[3]);
      }
    }
  }

  private static int register(PlantSlave slave) {
    return (slave.holding[80] & 0xFF) << 8 | (slave.holding[81] & 0xFF);
  }

  private static long events(String ledger) {
    String before = "\"event\":{\"framed\":{\"frames\":";
    int at = ledger.indexOf(before) + before.length();
    return Long.parseLong(ledger.substring(at, ledger.indexOf(',', at)));
  }

  private static MqttAsyncClient listener(int port, BlockingQueue<String> heard) throws Exception {
    var client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "lamp", new MemoryPersistence());
    client.connect().waitForCompletion(20_000);
    IMqttMessageListener listener =
        (topic, message) -> heard.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    client
        .subscribe(
            new MqttSubscription[] {new MqttSubscription("plant/lamp", 1)},
            null,
            null,
            new IMqttMessageListener[] {listener},
            null)
        .waitForCompletion(20_000);
    return client;
  }

  private static void awaitLamp(BlockingQueue<String> lamp, String colour) throws Exception {
    String heard = lamp.poll(30, TimeUnit.SECONDS);
    while (heard != null && !heard.equals(colour)) {
      heard = lamp.poll(30, TimeUnit.SECONDS);
    }
    assertEquals(colour, heard);
  }

  private static void await(String what, BooleanSupplier condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("not within 30 s: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}
