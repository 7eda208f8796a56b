package io.edgeflow.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.tahu.edge.EdgeClient;
import org.eclipse.tahu.edge.api.MetricHandler;
import org.eclipse.tahu.message.SparkplugBPayloadDecoder;
import org.eclipse.tahu.message.SparkplugBPayloadEncoder;
import org.eclipse.tahu.message.model.EdgeNodeDescriptor;
import org.eclipse.tahu.message.model.MessageType;
import org.eclipse.tahu.message.model.Metric;
import org.eclipse.tahu.message.model.Metric.MetricBuilder;
import org.eclipse.tahu.message.model.MetricDataType;
import org.eclipse.tahu.message.model.PropertyDataType;
import org.eclipse.tahu.message.model.PropertySet;
import org.eclipse.tahu.message.model.PropertySet.PropertySetBuilder;
import org.eclipse.tahu.message.model.PropertyValue;
import org.eclipse.tahu.message.model.SparkplugBPayload.SparkplugBPayloadBuilder;
import org.eclipse.tahu.message.model.SparkplugBPayloadMap.SparkplugBPayloadMapBuilder;
import org.eclipse.tahu.message.model.SparkplugDescriptor;
import org.eclipse.tahu.message.model.StatePayload;
import org.eclipse.tahu.message.model.Topic;
import org.eclipse.tahu.model.MqttServerDefinition;
import org.eclipse.tahu.mqtt.ClientCallback;
import org.eclipse.tahu.mqtt.MqttClientId;
import org.eclipse.tahu.mqtt.MqttServerName;
import org.eclipse.tahu.mqtt.MqttServerUrl;
import org.jspecify.annotations.Nullable;

/**
 * An edge node of Eclipse Tahu: its own client counts the sequence, leaves the will and answers
 * requests for a birth. It has one device.
 */
final class TahuNode implements AutoCloseable {
  private static final String DEVICE = "pump";
  private static final String REBIRTH = "Node Control/Rebirth";

  private final EdgeNodeDescriptor descriptor = new EdgeNodeDescriptor("plant", "edge-1");
  private final Topic deathTopic = new Topic("spBv1.0", descriptor, MessageType.NDEATH);
  private final EdgeClient client;

  /** Told to the end: before that the client knows no alias. */
  final AtomicInteger births = new AtomicInteger();

  /** How often it was asked to be born again. */
  final AtomicInteger requests = new AtomicInteger();

  private final AtomicLong session = new AtomicLong(-1);

  /**
   * @param host the primary host application that it waits for; null: none
   */
  TahuNode(int port, @Nullable String host) throws Exception {
    var server =
        new MqttServerDefinition(
            new MqttServerName("gateway"),
            new MqttClientId("edge-1", false),
            new MqttServerUrl("tcp://127.0.0.1:" + port),
            null,
            null,
            30,
            deathTopic);
    client =
        new EdgeClient(
            new Handler(),
            descriptor,
            List.of(DEVICE),
            host,
            true,
            0L,
            new ArrayList<>(List.of(server)),
            new Ear(),
            null);
    Thread.ofPlatform().daemon().name("tahu").start(client);
  }

  /** One more value of the device, by the alias that the client chose, at QoS 0. */
  void send(double flow) throws Exception {
    send(new MetricBuilder("flow", MetricDataType.Double, flow).createMetric());
  }

  void send(Metric metric) throws Exception {
    client.publishDeviceData(
        DEVICE,
        new SparkplugBPayloadBuilder()
            .setTimestamp(Date.from(Instant.now()))
            .addMetric(metric)
            .createPayload());
  }

  /** A number of the sequence is used, and its message lost. */
  void lose() {
    client.getNextSeqNum();
  }

  @Override
  public void close() {
    client.shutdown();
  }

  /** What the client asks of the application behind it. */
  private final class Handler implements MetricHandler {
    @Override
    public Topic getDeathTopic() {
      return deathTopic;
    }

    @Override
    public byte[] getDeathPayloadBytes() throws Exception {
      session.incrementAndGet();
      return new SparkplugBPayloadEncoder()
          .getBytes(new SparkplugBPayloadBuilder().addMetric(bdSeq()).createPayload(), false);
    }

    @Override
    public void publishBirthSequence() {
      try {
        client.publishNodeBirth(
            new SparkplugBPayloadMapBuilder()
                .setTimestamp(Date.from(Instant.now()))
                .addMetric(bdSeq())
                .addMetric(new MetricBuilder(REBIRTH, MetricDataType.Boolean, false).createMetric())
                .addMetric(
                    new MetricBuilder("Supply/Voltage", MetricDataType.Float, 24.5f)
                        .timestamp(Date.from(Instant.now()))
                        .createMetric())
                .createPayload());
        client.publishDeviceBirth(
            DEVICE,
            new SparkplugBPayloadBuilder()
                .setTimestamp(Date.from(Instant.now()))
                .addMetric(
                    new MetricBuilder("flow", MetricDataType.Double, 0.0)
                        .timestamp(Date.from(Instant.now()))
                        .properties(unit("l/min"))
                        .createMetric())
                .addMetric(
                    new MetricBuilder("running", MetricDataType.Boolean, true)
                        .timestamp(Date.from(Instant.now()))
                        .createMetric())
                .createPayload());
        births.incrementAndGet();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    private Metric bdSeq() throws Exception {
      return new MetricBuilder("bdSeq", MetricDataType.Int64, session.get()).createMetric();
    }

    private static PropertySet unit(String unit) throws Exception {
      return new PropertySetBuilder()
          .addProperty("engUnit", new PropertyValue<>(PropertyDataType.String, unit))
          .createPropertySet();
    }

    @Override
    public boolean hasMetric(SparkplugDescriptor of, String name) {
      return Objects.equals(name, REBIRTH);
    }
  }

  /** Hands on what the client leaves to the application: commands, and the state of the host. */
  private final class Ear implements ClientCallback {
    @Override
    public void messageArrived(
        MqttServerName server,
        MqttServerUrl url,
        MqttClientId id,
        String topic,
        MqttMessage message) {
      try {
        if (topic.startsWith("spBv1.0/STATE/")) {
          StatePayload state =
              new ObjectMapper().readValue(message.getPayload(), StatePayload.class);
          client.handleStateMessage(topic.substring("spBv1.0/STATE/".length()), state);
        } else if (topic.equals("spBv1.0/plant/NCMD/edge-1")) {
          Metric command =
              new SparkplugBPayloadDecoder()
                  .buildFromByteArray(message.getPayload(), null)
                  .getMetrics()
                  .getFirst();
          if (command.getName().equals(REBIRTH) && Boolean.TRUE.equals(command.getValue())) {
            requests.incrementAndGet();
            client.handleRebirthRequest(true);
          }
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void shutdown() {}

    @Override
    public void connectionLost(
        MqttServerName server, MqttServerUrl url, MqttClientId id, Throwable cause) {}

    @Override
    public void connectComplete(
        boolean again, MqttServerName server, MqttServerUrl url, MqttClientId id) {}
  }
}
