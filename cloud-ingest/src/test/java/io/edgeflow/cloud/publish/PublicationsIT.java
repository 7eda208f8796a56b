package io.edgeflow.cloud.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.window.Window;
import io.edgeflow.cloud.Await;
import io.edgeflow.cloud.config.CloudKafka.Publish;
import io.edgeflow.cloud.kafka.TestBroker;
import io.edgeflow.cloud.store.CommittedBatch;
import io.edgeflow.cloud.store.Plant;
import io.edgeflow.wire.frame.Frame;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is stored, read back from a real Kafka as others read it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class PublicationsIT {
  @TempDir private static Path folder;
  private static TestBroker broker;

  private final Plant plant = new Plant("pi-7", RandomGenerator.getDefault());
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeAll
  static void startBroker() throws Exception {
    broker = TestBroker.format(folder).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** Also what was stored while Kafka was away, as far as there is room; the writer never waits. */
  @Test
  void publishesEachStoredRowKeyedByEdge() throws Exception {
    Frame windows = plant.windows("pump/flow", Plant.window(0, 1, 3), Plant.window(1, 2));
    Frame event = plant.event("it leaks");
    Frame late = plant.windows("pump/flow", Plant.window(2, 5));
    try (Publications publications = start(Publish.WINDOWS, Publish.EVENTS)) {
      publications.committed(batch(windows, event, plant.raw("pump/flow", 1)));
      List<String> records = broker.records("edgeflow.windows", 2);
      assertEquals(
          """
          pi-7 {"edge":"pi-7","series":"pump/flow","kind":"gauge","unit":"l/min","frame":"%s","row":0,\
          "timeMicros":%d,"spanMicros":60000000,"count":2,"valued":2,"uncertain":0,"stale":0,\
          "bad":0,"values":{"min":1.0,"max":3.0,"sum":4.0,"m2":2.0,"first":1.0,\
          "firstMicros":%d,"last":3.0,"lastMicros":%d}}\
          """
              .formatted(windows.id(), Plant.START, first(windows), last(windows)),
          records.getFirst());
      assertTrue(records.get(1).contains("\"row\":1"), records::toString);
      String told = broker.records("edgeflow.events", 1).getFirst();
      assertTrue(told.startsWith("pi-7 {\"edge\":\"pi-7\",\"frame\":\"" + event.id()), told);
      assertTrue(told.contains("\"message\":\"it leaks\""), told);

      broker.stop();
      try {
        Await.until("away", () -> !publications.state().connected());
        publications.committed(batch(late));
      } finally {
        broker.start();
      }
      assertTrue(broker.records("edgeflow.windows", 3).getLast().contains(late.id().toString()));
    }
    assertEquals(0, registry.counter("edgeflow.published", "outcome", "left-out").count());
  }

  @Test
  void leavesOutAndCountsWhatFindsNoRoom() throws Exception {
    broker.stop();
    try (Publications publications = start(Publish.WINDOWS)) {
      Window[] minutes =
          IntStream.range(0, 1_000).mapToObj(i -> Plant.window(i, 1)).toArray(Window[]::new);
      List<Frame> frames = new ArrayList<>();
      for (int i = 0; i < 201; i++) {
        frames.add(plant.windows("pump/flow", minutes));
      }
      publications.committed(batch(frames.toArray(Frame[]::new)));
      assertEquals(1_000, registry.counter("edgeflow.published", "outcome", "left-out").count());
    } finally {
      broker.start();
    }
  }

  private Publications start(Publish... what) {
    return Publications.start(broker.cluster(), List.of(what), 1, Duration.ofHours(1), registry);
  }

  private static CommittedBatch batch(Frame... frames) {
    return new CommittedBatch(List.of(frames), List.of(), Map.of(), 0, List.of());
  }

  private static long first(Frame frame) {
    return frame.windows().getFirst().window().firstMicros();
  }

  private static long last(Frame frame) {
    return frame.windows().getFirst().window().lastMicros();
  }
}
